using System.Globalization;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarEndpoints
{
    /// <summary>The spans of a year as a file, of the current year by default, and the office's hours.</summary>
    public static void MapCalendar(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("office-hours").MapGet("", (CalendarService calendar, OfficeTime time, IStringLocalizer<CalendarText> words) =>
            new ExportFile<HoursLine>(words["ExportHoursName"], HoursColumns(words), async ct => HoursOf(await calendar.ReadAsync(time.Today.Year, ct))));
        office.MapExport("calendar").MapGet("", (string? year, CalendarService calendar, OfficeTime office, IStringLocalizer<CalendarText> words) =>
        {
            // A year without a calendar is not found: a file of another year would be taken for it.
            var shown = int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : office.Today.Year;
            return new ExportFile<SpanRow>(words["SpansOf", shown], Columns(words), async ct => (await calendar.ReadAsync(shown, ct)).Spans);
        });
    }

    /// <summary>A working period of a weekday, or a weekday without any.</summary>
    internal sealed record HoursLine(Season Season, DayOfWeek Day, SlotTimes? Slot);

    private static IReadOnlyList<HoursLine> HoursOf(CalendarYear year) =>
    [
        .. from weekday in year.Week
           from slot in weekday.Slots.DefaultIfEmpty()
           select new HoursLine(weekday.Season, weekday.Day, slot),
    ];

    private static IReadOnlyList<ExportColumn<HoursLine>> HoursColumns(IStringLocalizer words) =>
    [
        new(words["Audit.Field.OfficeSlot.Season"], h => words[$"Season.{h.Season}"].Value),
        new(words["Weekday"], h => words[$"DayOfWeek.{h.Day}"].Value),
        new(words["Audit.Field.OfficeSlot.From"], h => h.Slot?.From.ToString("HH:mm", CultureInfo.InvariantCulture)),
        new(words["Audit.Field.OfficeSlot.To"], h => h.Slot?.To.ToString("HH:mm", CultureInfo.InvariantCulture)),
    ];

    internal static IReadOnlyList<ExportColumn<SpanRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.From"], s => s.From, ColumnFormat.Day),
        new(words["Field.To"], s => s.To, ColumnFormat.Day),
        new(words["Field.Days"], s => s.Days, ColumnFormat.Whole),
        new(words["Field.Kind"], s => words[$"SpanKind.{s.Kind}"].Value),
        new(words["Field.Name"], s => s.Name),
        new(words["Field.NameEn"], s => s.NameEn),
    ];
}
