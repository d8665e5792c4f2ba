using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Calendar;

/// <summary>
/// Suggests the slots and public holidays of seeds/calendar.json, for a database without any slots. The breaks there are those of the demo
/// campus: an institution enters its own.
/// </summary>
internal sealed class CalendarReference(bool withTermBreaks) : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.OfficeSlots.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<CalendarFile>("calendar.json", ct);
        await db.WriteAsync(_ =>
        {
            db.OfficeSlots.AddRange(file.Slots.SelectMany(s => s.Days.Select(day => new OfficeSlot(s.Season, day, s.From, s.To))));
            db.CalendarSpans.AddRange(file.Spans
                .Where(s => withTermBreaks || s.Kind != SpanKind.TermBreak)
                .Select(s => new CalendarSpan(s.From, s.To ?? s.From, s.Kind, s.Name, s.NameEn)));
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record CalendarFile(IReadOnlyList<SlotRow> Slots, IReadOnlyList<SpanRow> Spans);

    private sealed record SlotRow(Season Season, IReadOnlyList<DayOfWeek> Days, TimeOnly From, TimeOnly To);

    private sealed record SpanRow(SpanKind Kind, DateOnly From, DateOnly? To, string Name, string NameEn);
}
