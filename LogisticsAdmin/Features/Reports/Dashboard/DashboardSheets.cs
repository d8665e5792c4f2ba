using System.Globalization;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>What a dashboard shows as tables, in the reader's language: a sheet for each of its parts.</summary>
public sealed class DashboardSheets(
    FigureFormat format, IStringLocalizer<DashboardText> words, IStringLocalizer<CrewsText> crewsWords, OfficeTime office)
{
    private const string Whole = "#,##0", Moment = "yyyy-mm-dd hh:mm";

    public IEnumerable<AnnexSheet> Of(DashboardView view)
    {
        yield return Now(view);
        yield return Keys(view);
        yield return Crews(view);
        yield return Tickets("Sheet.Longest", view.Longest);
        yield return Tickets("Sheet.Nudged", view.MostNudged);
        foreach (var table in view.Tables) yield return Table(table);
        foreach (var (n, section) in view.Sections.Where(s => s.History.Count > 0 && Shown(s).Count > 0).Index())
            yield return Months(section, n == 0 ? words["Sheet.Months"] : words["MonthsIn", section.Layout.Title]);
        yield return Words(view);
    }

    private AnnexSheet Now(DashboardView view) => new(
        words["Sheet.Now"],
        [
            new(words["Column.Figure"]), new(words["Column.Value"], Whole), new(words["Column.SinceYesterday"], Whole),
            new(words["Column.Unassigned"], Whole), new(words["Column.InHand"], Whole), new(words["Column.ToVerify"], Whole),
            new(words["Column.Moment"], Moment),
        ],
        [.. view.Now.Select(t => (IReadOnlyList<object?>)
        [
            t.Figure.Words.Name.ToString(), t.Value.Value, t.SinceYesterday, t.Parts.Unassigned, t.Parts.InHand, t.Parts.ToVerify,
            t.Since is { } since ? Local(since) : null,
        ])]);

    private AnnexSheet Keys(DashboardView view)
    {
        List<IReadOnlyList<object?>> rows = [];
        foreach (var tile in view.Keys)
        {
            var reading = tile.Reading;
            var met = FigureFormat.IsMet(tile.Figure, reading.Value, reading.Target);
            rows.Add(
            [
                .. Value(tile.Figure, reading.Value, reading.Counted, reading.Base), Cell(tile.Figure, reading.Target),
                met is { } isMet ? words[isMet ? "Met" : "Missed"].Value : null, Cell(tile.Figure, reading.Previous),
            ]);
            foreach (var beside in tile.Beside) rows.Add(Value(beside.Figure, beside.Value.Value, beside.Value.Counted, beside.Value.Base));
        }
        return new AnnexSheet(
            words["Sheet.Keys"],
            [
                new(words["Column.Figure"]), new(words["Column.Value"], Whole), new(words["Column.Unit"]), new(words["Column.Counted"], Whole),
                new(words["Column.Base"], Whole), new(words["Column.Target"], Whole), new(words["Column.IsMet"]), new(words["Column.Before"], Whole),
            ],
            rows);

        List<object?> Value(FigureDefinition figure, decimal? value, int counted, int based) =>
        [
            figure.Words.Name.ToString(), Cell(figure, value), format.Unit(figure, 0), counted, figure.Form == FigureForm.Share ? based : null,
        ];

        static AnnexCell? Cell(FigureDefinition figure, decimal? value) => value is null ? null : new AnnexCell(value, FigureFormat.InWorkbooks(figure.Unit));
    }

    private AnnexSheet Crews(DashboardView view) => new(
        words["Sheet.Crews"],
        [
            new(words["Crew"]), new(words["Column.InHand"], Whole), new(words["Column.Limit"], Whole), new(words["Column.Overdue"], Whole),
            new(words["Column.ToVerify"], Whole), new(words["AbsentToday"]),
        ],
        [.. view.Crews.Select(c => (IReadOnlyList<object?>)
        [
            c.Crew.Name.ToString(), c.InHand, c.Crew.Capacity, c.Overdue, c.ToVerify,
            string.Join('\n', c.Crew.Absent.Select(a => $"{a.Name} {crewsWords[$"AbsenceReason.{a.Reason}"]} {Day(a.Until)}")),
        ])]);

    private AnnexSheet Tickets(string name, IReadOnlyList<OpenTicket> tickets) => new(
        words[name],
        [
            new(words["Column.Number"]), new(words["Column.Ticket"]), new(words["Column.Place"]), new(words["State"]), new(words["IsOverdue"]),
            new(words["Column.Since"], Moment), new(words["Nudges"], Whole), new(words["Crew"]), new(words["Responsible"]),
        ],
        [.. tickets.Select(t => (IReadOnlyList<object?>)
        [
            t.Thing.Number, t.Thing.About, t.Thing.Place.ToString(), t.Thing.State.ToString(), t.IsOverdue ? words["IsOverdue"].Value : null,
            Local(t.Since), t.Nudges, t.Crew?.ToString(), t.Technician?.ToString(),
        ])]);

    private AnnexSheet Table(DashboardTable table)
    {
        var figures = table.Layout.Figures.Select(table.Section.Figure).ToList();
        return new AnnexSheet(
            table.Layout.Caption.ToString(),
            [new(table.Section.Dimensions[table.Section.PlaceOfDimension(table.Layout.Dimension)].Name.ToString()), .. figures.Select(Column)],
            [.. table.Lines.Select(l => (IReadOnlyList<object?>)
                [l.Line.Name?.ToString(), .. l.Line.Values.Select(v => (object?)(v.Counted + v.Base == 0 ? null : v.Value))])]);
    }

    private AnnexSheet Months(ReportedSection section, string name)
    {
        var shown = Shown(section);
        return new AnnexSheet(
            name,
            [new(words["Month"]), .. shown.Select(Column)],
            [.. section.History.Select(m => (IReadOnlyList<object?>)
                [format.Period(m.Month), .. shown.Select(f => (object?)m.Values.GetValueOrDefault(f.Code)?.Value)])]);
    }

    private static List<FigureDefinition> Shown(ReportedSection section) =>
    [
        .. section.Layout.KeyFigures.Concat(section.Layout.Trends.SelectMany(t => t.Columns.Concat(t.Lines))).Distinct().Select(section.Layout.Figure),
    ];

    private AnnexSheet Words(DashboardView view) => new(
        words["Sheet.Words"],
        [
            new(words["Column.Stars"], Whole), new(words["Column.Text"]), new(words["Column.Place"]), new(words["Column.At"], Moment),
            new(words["Column.Number"]),
        ],
        [.. view.Words.Select(w => (IReadOnlyList<object?>)[w.Stars, w.Words, w.Place.ToString(), Local(w.At), w.Number])]);

    private AnnexColumn Column(FigureDefinition figure) =>
        new($"{figure.Words.Name} ({format.Unit(figure, 0)})", FigureFormat.InWorkbooks(figure.Unit));

    private DateTime Local(DateTimeOffset at) => office.Local(at).DateTime;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
