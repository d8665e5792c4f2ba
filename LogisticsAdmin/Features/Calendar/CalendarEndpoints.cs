using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Calendar;

public static class CalendarEndpoints
{
    /// <summary>The spans of a year as a file; of the current year by default.</summary>
    public static void MapCalendar(this IEndpointRouteBuilder app) =>
        app.MapExport("calendar", (int? year, CalendarService calendar, OfficeTime office, IStringLocalizer<CalendarText> words) =>
        {
            var shown = year ?? office.Today.Year;
            return new ExportFile<SpanRow>(words["SpansOf", shown], Columns(words), async ct => (await calendar.ReadAsync(shown, ct)).Spans);
        }).RequireAuthorization(Policies.Office);

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
