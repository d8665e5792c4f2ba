using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>When something may be cut off: in the office's working time by day, and never on weekends, holidays or in examination weeks.</summary>
internal static class CutOffHours
{
    // Whatever the hours of the office are: those of its night duty are none for this.
    private static readonly TimeOnly Morning = new(8, 0), Evening = new(18, 0);

    /// <summary>What stands against a cut-off at this local time; null when nothing does.</summary>
    public static CutOffObstacle? At(DateTime local, OfficeWeek week, IReadOnlyCollection<ExamPeriod> exams)
    {
        var (day, time) = (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        if (exams.Any(e => e.Covers(day))) return CutOffObstacle.ExamWeek;
        var span = week.SpanOf(day)?.Kind;
        if (span == SpanKind.Holiday) return CutOffObstacle.Holiday;
        if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday && span != SpanKind.MakeUpWorkday) return CutOffObstacle.Weekend;
        if (time < Morning || time >= Evening) return CutOffObstacle.OutsideHours;
        // An office without hours in its calendar has none to ask.
        return week.HasHours && !week.On(day).Any(s => s.From <= time.Ticks && time.Ticks < s.To) ? CutOffObstacle.OutsideHours : null;
    }

    public static async Task<CutOffObstacle?> NowAsync(LogisticsDb db, OfficeTime office, CancellationToken ct)
    {
        var local = office.Local(office.Now).DateTime;
        var day = DateOnly.FromDateTime(local);
        var spans = await db.CalendarSpans.AsNoTracking().Where(s => s.From <= day && s.To >= day).ToListAsync(ct);
        var exams = await db.ExamPeriods.AsNoTracking().Where(e => e.From <= day && e.To >= day).ToListAsync(ct);
        return At(local, new OfficeWeek(await db.OfficeSlots.AsNoTracking().ToListAsync(ct), spans), exams);
    }
}
