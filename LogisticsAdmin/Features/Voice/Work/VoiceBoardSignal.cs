using System.Collections.Concurrent;
using System.Globalization;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Voice.Work;

/// <summary>What the public board says changed while the person looks at it: what was taken off is gone without loading the page again.</summary>
internal sealed class VoiceBoardSignal(TimeProvider clock) : IPortalSignal
{
    /// <summary>Longer than a stream of events lasts; the page says again that it is shown whenever it is shown anew.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(40);

    private readonly ConcurrentDictionary<long, long> _watching = new();

    public string Name => "board";

    /// <summary>The person looks at the board.</summary>
    public void Watch(long personId) => _watching[personId] = clock.GetTimestamp();

    public bool Wants(Change change, long personId) => change is KeyChanged { Topic: VoiceTopics.Board }
        && _watching.TryGetValue(personId, out var at) && clock.GetElapsedTime(at) < Watched;

    // Each change is one; counting would be a query for each open page.
    public ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct) =>
        ValueTask.FromResult(since.ToString(CultureInfo.InvariantCulture));
}
