using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Fees.Pricing;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>The periods that a kind of fee can be billed for.</summary>
internal static class FeePeriods
{
    private const int Months = 14;

    /// <summary>The newest first; none begins after <paramref name="today"/>. Terms are the days between two breaks of the office calendar.</summary>
    public static async Task<IReadOnlyList<FeePeriod>> OfferedAsync(LogisticsDb db, BillingCycle cycle, DateOnly today, CancellationToken ct)
    {
        if (cycle == BillingCycle.Year) return [FeePeriod.Year(today.Year), FeePeriod.Year(today.Year - 1)];
        if (cycle == BillingCycle.Month)
            return [.. Enumerable.Range(0, Months).Select(back => today.AddMonths(-back)).Select(day => FeePeriod.Month(day.Year, day.Month))];
        var spans = db.Set<CalendarSpan>();
        var breaks = await spans.AsNoTracking().Where(s => s.Kind == SpanKind.TermBreak).OrderBy(s => s.From).Select(s => new { s.From, s.To }).ToListAsync(ct);
        List<FeePeriod> terms = [];
        for (var i = 0; i + 1 < breaks.Count; i++)
        {
            var (first, last) = (breaks[i].To.AddDays(1), breaks[i + 1].From.AddDays(-1));
            if (first <= last && first <= today) terms.Add(FeePeriod.Term(first, last));
        }
        terms.Reverse();
        return terms;
    }

    /// <summary>The period that a day is part of; null on days that belong to no term.</summary>
    public static async Task<FeePeriod?> AtAsync(LogisticsDb db, BillingCycle cycle, DateOnly day, CancellationToken ct) => cycle switch
    {
        BillingCycle.Month => FeePeriod.Month(day.Year, day.Month),
        BillingCycle.Year => FeePeriod.Year(day.Year),
        _ => (await OfferedAsync(db, cycle, day, ct)).FirstOrDefault(p => p.First <= day && day <= p.Last),
    };

    public static async Task<FeePeriod?> FindAsync(LogisticsDb db, BillingCycle cycle, string? code, DateOnly today, CancellationToken ct) =>
        (await OfferedAsync(db, cycle, today, ct)).FirstOrDefault(p => p.Code == code);
}
