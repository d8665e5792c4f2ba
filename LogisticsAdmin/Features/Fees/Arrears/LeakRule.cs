namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>漏水补偿: the days for which a leak earns its room a credit.</summary>
public static class LeakRule
{
    public static readonly TimeSpan Patience = TimeSpan.FromHours(48);

    /// <summary>
    /// The days, in the office's time zone, on which it was still not repaired although its time was over, the last one being that of the repair or
    /// today. None before <paramref name="since"/>.
    /// </summary>
    public static IEnumerable<DateOnly> Days(
        DateTimeOffset reportedAt, DateTimeOffset? repairedAt, DateTimeOffset now, DateOnly since, Func<DateTimeOffset, DateOnly> dayOf)
    {
        var (late, end) = (reportedAt + Patience, repairedAt ?? now);
        if (end <= late) yield break;
        var first = dayOf(late);
        for (var day = first < since ? since : first; day <= dayOf(end); day = day.AddDays(1)) yield return day;
    }
}
