using System.Collections.Concurrent;

namespace LogisticsAdmin.Shared;

/// <summary>Counts wrong codes of each person: with <see cref="Most"/> within <see cref="Within"/> no more are looked up for a while.</summary>
public sealed class CodeGuesses(TimeProvider clock)
{
    public const int Most = 12;

    public static readonly TimeSpan Within = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<long, Queue<DateTimeOffset>> _wrong = new();

    /// <exception cref="Rejected">Too many wrong codes.</exception>
    public void Demand(long person)
    {
        if (!_wrong.TryGetValue(person, out var wrong)) return;
        lock (wrong)
        {
            while (wrong.TryPeek(out var first) && clock.GetUtcNow() - first > Within) wrong.Dequeue();
            if (wrong.Count >= Most) throw Rejected.Because<SharedText>("TooManyGuesses", (int)Within.TotalMinutes);
        }
    }

    public void Wrong(long person)
    {
        var wrong = _wrong.GetOrAdd(person, _ => new Queue<DateTimeOffset>());
        lock (wrong) wrong.Enqueue(clock.GetUtcNow());
    }
}
