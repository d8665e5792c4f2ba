using System.Collections.Concurrent;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// Keeps one-time codes between issuing and printing: in memory only, for a few minutes, for the administrator who issued them. Expired codes
/// can't be shown again, but new ones can be issued.
/// </summary>
public sealed class PeopleSlips(TimeProvider clock)
{
    public static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private sealed record Sheet(long PersonId, DateTimeOffset Until, IReadOnlyList<Slip> Slips);

    private readonly ConcurrentDictionary<Guid, (Sheet Sheet, ITimer Ends)> _sheets = new();

    public Guid Keep(long personId, IReadOnlyList<Slip> slips)
    {
        var key = Guid.NewGuid();
        var ends = clock.CreateTimer(_ => Drop(key), null, Life, Timeout.InfiniteTimeSpan);
        _sheets[key] = (new Sheet(personId, clock.GetUtcNow() + Life, slips), ends);
        return key;
    }

    /// <summary>The codes for the administrator who issued them; none for others or after they expired.</summary>
    public IReadOnlyList<Slip> Of(Guid key, long personId) =>
        _sheets.TryGetValue(key, out var kept) && kept.Sheet.PersonId == personId && clock.GetUtcNow() < kept.Sheet.Until ? kept.Sheet.Slips : [];

    private void Drop(Guid key)
    {
        if (_sheets.TryRemove(key, out var kept)) kept.Ends.Dispose();
    }
}
