using System.Collections.Concurrent;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.News.Reading;

/// <summary>What audiences ask about people who read, kept until a person or a place changes.</summary>
public sealed class ReaderFactsCache : IDisposable
{
    private readonly ConcurrentDictionary<long, ReaderFacts> _known = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly FeedFollower _changes;
    private long _generation;

    public ReaderFactsCache(IServiceScopeFactory scopes, IChangeFeed feed)
    {
        _scopes = scopes;
        _changes = new FeedFollower(
            feed, change => change is KeyChanged { Topic: PersonRecords.Topic or PlacesTopics.Places } or ManyChanged, Invalidate);
    }

    /// <summary>Null for nobody: the system, or a person who is gone.</summary>
    public async ValueTask<ReaderFacts?> OfAsync(Actor actor, CancellationToken ct = default)
    {
        if (actor.PersonId is not { } id) return null;
        _changes.Begin();
        if (_known.TryGetValue(id, out var known)) return known;
        var generation = Volatile.Read(ref _generation);
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var facts = (await db.FactsAsync([id], ct)).SingleOrDefault();
        // What was read before a change must not be kept after it.
        if (facts is not null && generation == Volatile.Read(ref _generation)) _known[id] = facts;
        return facts;
    }

    public void Dispose() => _changes.Dispose();

    private void Invalidate()
    {
        Interlocked.Increment(ref _generation);
        _known.Clear();
    }
}
