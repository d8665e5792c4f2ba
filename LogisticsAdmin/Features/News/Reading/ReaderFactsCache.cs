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
    private readonly Dictionary<long, Known> _known = [];
    private readonly Lock _lock = new();
    private readonly IServiceScopeFactory _scopes;
    private readonly IChangeFeed _feed;
    private readonly FeedFollower _changes;
    private long _generation, _followed, _reads;

    public ReaderFactsCache(IServiceScopeFactory scopes, IChangeFeed feed)
    {
        (_scopes, _feed) = (scopes, feed);
        _changes = new FeedFollower(feed, Follow, Forget);
    }

    /// <summary>How often somebody's facts were read; for tests.</summary>
    internal long Reads => Interlocked.Read(ref _reads);

    /// <summary>Whether a change may be about this person; the key 0 stands for many people at once.</summary>
    public static bool Concerns(Change change, long personId) =>
        change is KeyChanged { Topic: PersonRecords.Topic } person && (person.Key == 0 || person.Key == personId);

    /// <summary>Null for nobody: the system, or a person who is gone.</summary>
    public ValueTask<ReaderFacts?> OfAsync(Actor actor, CancellationToken ct = default) => OfAsync(actor, 0, ct);

    /// <summary>
    /// As <see cref="OfAsync(Actor, CancellationToken)"/>, with at least the changes of the feed up to <paramref name="since"/>: who is told of a
    /// change may be faster than what forgets the facts after it.
    /// </summary>
    public ValueTask<ReaderFacts?> OfAsync(Actor actor, long since, CancellationToken ct = default)
    {
        if (actor.PersonId is not { } id) return ValueTask.FromResult<ReaderFacts?>(null);
        _changes.Begin();
        return Find(id, since) is { } known ? ValueTask.FromResult<ReaderFacts?>(known) : new ValueTask<ReaderFacts?>(ReadAsync(id, ct));
    }

    public void Dispose() => _changes.Dispose();

    // Most changes are not about people. Those up to the last one that was looked at here have made this forget what they concern, so only a
    // reader who is told before this was asks the database.
    private ReaderFacts? Find(long id, long since)
    {
        lock (_lock) return _known.TryGetValue(id, out var known) && (known.Sequence >= since || _followed >= since) ? known.Facts : null;
    }

    private async Task<ReaderFacts?> ReadAsync(long id, CancellationToken ct)
    {
        Interlocked.Increment(ref _reads);
        long generation;
        lock (_lock) generation = _generation;
        var sequence = _feed.Sequence;
        await using var scope = _scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        var facts = (await db.FactsAsync([id], ct)).SingleOrDefault();
        lock (_lock)
        {
            // What was read before a change must not be kept after it.
            if (facts is not null && generation == _generation) _known[id] = new Known(facts, sequence);
        }
        return facts;
    }

    /// <summary>Forgets on the feed's own thread, so that it is done when the change counts as followed. Nothing is delivered.</summary>
    private bool Follow(Change change)
    {
        lock (_lock)
        {
            if (change is KeyChanged { Topic: PersonRecords.Topic or PlacesTopics.Places }) Forget();
            _followed = change.Sequence;
        }
        return false;
    }

    private void Forget()
    {
        lock (_lock)
        {
            _generation++;
            _known.Clear();
        }
    }

    private sealed record Known(ReaderFacts Facts, long Sequence);
}
