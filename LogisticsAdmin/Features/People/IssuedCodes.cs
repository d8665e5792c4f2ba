using System.Collections.Concurrent;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// Keeps one-time codes between issuing and printing: in memory only, for a few minutes, for the administrator who issued them. Expired codes
/// can't be shown again, but new ones can be issued.
/// </summary>
public sealed class IssuedCodes(TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    private sealed record IssuedCodeSet(long PersonId, DateTimeOffset Until, IReadOnlyList<IssuedCode> Codes);

    private readonly ConcurrentDictionary<Guid, (IssuedCodeSet Set, ITimer Ends)> _sets = new();

    public Guid Add(long personId, IReadOnlyList<IssuedCode> codes)
    {
        var key = Guid.NewGuid();
        var ends = clock.CreateTimer(_ => Remove(key), null, Lifetime, Timeout.InfiniteTimeSpan);
        _sets[key] = (new IssuedCodeSet(personId, clock.GetUtcNow() + Lifetime, codes), ends);
        return key;
    }

    /// <summary>The codes for the administrator who issued them; none for others or after they expired.</summary>
    public IReadOnlyList<IssuedCode> Of(Guid key, long personId) =>
        _sets.TryGetValue(key, out var kept) && kept.Set.PersonId == personId && clock.GetUtcNow() < kept.Set.Until ? kept.Set.Codes : [];

    private void Remove(Guid key)
    {
        if (_sets.TryRemove(key, out var kept)) kept.Ends.Dispose();
    }
}
