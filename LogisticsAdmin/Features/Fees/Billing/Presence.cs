namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>
/// Who lived in a room on which days of a period. Somebody was present on a day when they lived there at its end: the day of moving in counts, the
/// day of moving out does not, and nobody is present in two rooms on one day.
/// </summary>
public sealed record Presence(IReadOnlyList<PersonDays> People, int EmptyDays)
{
    public int TotalDays => People.Sum(p => p.Days);

    /// <summary><paramref name="leftOut"/>: days of people that do not count, as if they had not been there.</summary>
    public static Presence Of(IReadOnlyList<Stay> stays, DateOnly first, DateOnly last, Func<long, DateOnly, bool>? leftOut = null)
    {
        var length = last.DayNumber - first.DayNumber + 1;
        var taken = new bool[length];
        Dictionary<long, HashSet<int>> days = [];
        foreach (var stay in stays.OrderBy(s => s.PersonId))
        {
            var from = Math.Max(0, stay.First.DayNumber - first.DayNumber);
            var until = stay.MovedOut is { } left ? Math.Min(length, left.DayNumber - first.DayNumber) : length;
            for (var day = from; day < until; day++)
            {
                if (leftOut?.Invoke(stay.PersonId, first.AddDays(day)) == true) continue;
                taken[day] = true;
                if (!days.TryGetValue(stay.PersonId, out var own)) days[stay.PersonId] = own = [];
                own.Add(day);
            }
        }
        return new Presence([.. days.Select(d => new PersonDays(d.Key, d.Value.Count))], taken.Count(t => !t));
    }
}
