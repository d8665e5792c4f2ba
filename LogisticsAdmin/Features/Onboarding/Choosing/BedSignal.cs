using System.Collections.Concurrent;
using System.Globalization;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>Beds of the building that the person looked at last were taken or became free.</summary>
internal sealed class BedSignal(TimeProvider clock) : IPortalSignal
{
    /// <summary>Longer than a stream of events lasts; the page says again what it shows whenever it is shown anew.</summary>
    private static readonly TimeSpan Watched = TimeSpan.FromMinutes(40);

    private readonly ConcurrentDictionary<long, (long Building, long At)> _watching = new();

    public string Name => "beds";

    /// <summary>The person looks at the beds of this building.</summary>
    public void Watch(long personId, long buildingId) => _watching[personId] = (buildingId, clock.GetTimestamp());

    public bool Wants(Change change, long personId) => change is KeyChanged { Topic: OnboardingTopics.Beds } beds
        && _watching.TryGetValue(personId, out var watched) && (beds.Key == watched.Building || beds.Key == 0)
        && clock.GetElapsedTime(watched.At) < Watched;

    // Each change is one; counting would be a query for each open page.
    public ValueTask<string> StateAsync(Actor actor, long since, CancellationToken ct) =>
        ValueTask.FromResult(since.ToString(CultureInfo.InvariantCulture));
}
