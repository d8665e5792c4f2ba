using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>The annex of a report: every table, the rows behind the figures, comments and definitions, as a workbook in one language.</summary>
public sealed class ReportWorkbook(
    IEnumerable<IReportSection> sections, FigureFormat format, IStringLocalizer<ReportsText> report, IStringLocalizer<FilesText> words, OfficeTime office)
{
    private const int ReadAtOnce = 500;
    private const string Whole = "#,##0", Moment = "yyyy-mm-dd hh:mm", Share = "0.0%";

    /// <summary>Reads what the rows are about, and writes in the background; <paramref name="progress"/> gets shares from 0 to 1.</summary>
    public async Task<byte[]> WriteAsync(ReportSource source, string language, IProgress<double>? progress, CancellationToken ct)
    {
        Dictionary<string, IReadOnlyDictionary<long, ReportedThing>> things = [];
        foreach (var section in source.Content.Sections) things[section.Layout.Code] = await DescribeAsync(section, ct);
        return await Task.Run(
            () =>
            {
                using var inLanguage = new LanguageScope(language);
                return AnnexWorkbook.Write(Sheets(source, things), source.Content.Sections.Sum(s => s.Snapshot.Facts.Rows.Count), progress, ct);
            },
            ct);
    }

    private async Task<IReadOnlyDictionary<long, ReportedThing>> DescribeAsync(ReportedSection section, CancellationToken ct)
    {
        Dictionary<long, ReportedThing> things = [];
        // Of a closed month, the slice may be gone.
        if (sections.FirstOrDefault(s => s.Code == section.Layout.Code) is not { } slice) return things;
        foreach (var ids in section.Snapshot.Facts.Rows.Select(r => r.Id).Chunk(ReadAtOnce))
            foreach (var thing in await slice.DescribeAsync(ids, ct)) things[thing.Id] = thing;
        return things;
    }

    private IEnumerable<AnnexSheet> Sheets(ReportSource source, Dictionary<string, IReadOnlyDictionary<long, ReportedThing>> things)
    {
        yield return About(source);
        yield return Figures(report["KeyFigures"], source.Content, s => s.Layout.KeyFigures.Select(s.Layout.Figure));
        yield return Figures(report["AllFigures"], source.Content, s => s.Layout.Reported);
        foreach (var section in source.Content.Sections)
        {
            foreach (var table in section.Layout.Tables) yield return Breakdown(section, table);
            if (section.History.Count > 0) yield return History(section);
            yield return Rows(section, things[section.Layout.Code]);
        }
        yield return Comments(source.Content);
        yield return Definitions(source.Content);
    }

    private AnnexSheet About(ReportSource source)
    {
        var content = source.Content;
        List<IReadOnlyList<object?>> rows =
        [
            [words["About.Report"].Value, words["Title"].Value],
            [words["About.Period"].Value, format.Period(content.Period)],
            [words["About.Office"].Value, content.Office.ToString()],
            [words["About.Number"].Value, content.DocumentNumber],
            [words["About.AsOf"].Value, Written(content.AsOf)],
        ];
        if (source.Closing is { } closing)
        {
            rows.Add([words["About.Closed"].Value, Written(closing.ClosedAt)]);
            rows.Add([words["About.Hash"].Value, closing.Hash]);
        }
        else
        {
            rows.Add([words["About.State"].Value, report["Draft"].Value]);
        }
        rows.Add([words["About.Rows"].Value, words["RowsNote"].Value]);
        return new AnnexSheet(words["Sheet.About"], [new(words["About.What"]), new(words["About.Value"])], rows);
    }

    private AnnexSheet Figures(string name, ReportContent content, Func<ReportedSection, IEnumerable<FigureDefinition>> figures) => new(
        name,
        [
            new(words["Column.Section"]), new(report["Figure"]), new(words["Column.Code"]), new(report["Result"], Whole), new(words["Column.Unit"]),
            new(words["Column.Numerator"], Whole), new(words["Column.Denominator"], Whole), new(report["Target"], Whole), new(words["Column.IsMet"]),
            new(words["Column.Before"], Whole), new(report["Previous"]), new(words["Column.YearBefore"], Whole), new(report["YearBefore"]),
        ],
        [.. content.Sections.SelectMany(s => figures(s).Select(f => FigureRow(s, f, s.Readings[f.Code])))]);

    private object?[] FigureRow(ReportedSection section, FigureDefinition figure, FigureReading reading)
    {
        var shown = FigureFormat.InWorkbooks(figure.Unit);
        return
        [
            section.Layout.Title.ToString(), figure.Words.Name.ToString(), figure.Code, new AnnexCell(reading.Value, shown), format.Unit(figure, 0),
            reading.Counted, figure.Form == FigureForm.Share ? reading.Base : null, Cell(reading.Target),
            FigureFormat.IsMet(figure, reading.Value, reading.Target) is { } met ? report[met ? "Met" : "Missed"].Value : null,
            Cell(reading.Previous), format.Change(figure, reading.Value, reading.Previous),
            Cell(reading.YearBefore), format.Change(figure, reading.Value, reading.YearBefore),
        ];

        AnnexCell? Cell(decimal? value) => value is null ? null : new AnnexCell(value, shown);
    }

    private AnnexSheet Breakdown(ReportedSection section, ReportTableLayout table)
    {
        var figures = table.Figures.Select(section.Layout.Figure).ToList();
        List<AnnexColumn> columns = [new(section.Layout.Dimensions[section.Layout.PlaceOfDimension(table.Dimension)].Name.ToString())];
        foreach (var figure in figures)
        {
            columns.Add(Column(figure));
            if (figure.Form != FigureForm.Share) continue;
            columns.Add(new(words["NumeratorOf", figure.Words.Name], Whole));
            columns.Add(new(words["DenominatorOf", figure.Words.Name], Whole));
        }
        List<IReadOnlyList<object?>> rows = [];
        foreach (var line in section.Snapshot.Lines(table))
        {
            List<object?> cells = [line.Name?.ToString() ?? report["NoKey"].Value];
            foreach (var (figure, value) in figures.Zip(line.Values))
            {
                cells.Add(value.Counted + value.Base == 0 ? null : value.Value);
                if (figure.Form == FigureForm.Share) cells.AddRange([value.Counted, value.Base]);
            }
            rows.Add(cells);
        }
        return new AnnexSheet(table.Caption.ToString(), columns, rows);
    }

    private AnnexSheet History(ReportedSection section) => new(
        words["Sheet.History", section.Layout.Title],
        [new(report["Month"]), .. section.Layout.Reported.Select(Column)],
        [.. section.History.Select(m => (IReadOnlyList<object?>)
            [format.Period(m.Month), .. section.Layout.Reported.Select(f => (object?)m.Values.GetValueOrDefault(f.Code)?.Value)])]);

    /// <summary>The cells of a figure add up to what it counts; those of a share are 0 where a row is in the denominator only.</summary>
    private AnnexSheet Rows(ReportedSection section, IReadOnlyDictionary<long, ReportedThing> things)
    {
        var (layout, facts) = (section.Layout, section.Snapshot.Facts);
        // Sums and means are of the measures, which have columns of their own.
        var shown = layout.Reported.Where(f => f.Form is FigureForm.Count or FigureForm.Share).Select(f => layout.PlaceOf(f.Code)).ToList();
        List<AnnexColumn> columns = [new(report["Row.Number"]), new(report["Row.About"]), new(report["Row.Place"])];
        columns.AddRange(layout.Dimensions.Select(d => new AnnexColumn(d.Name.ToString())));
        columns.AddRange(layout.Times.Select(t => new AnnexColumn(t.Name.ToString(), Moment)));
        columns.AddRange(layout.Measures.Select(m => new AnnexColumn(words["NameWithUnit", m.Name, format.Unit(m.Unit)], FigureFormat.InWorkbooks(m.Unit))));
        columns.AddRange(shown.Select(i => new AnnexColumn(layout.Figures[i].Words.Name.ToString(), "0")));
        var names = layout.Dimensions.Select(d => facts.Names.GetValueOrDefault(d.Code)).ToList();
        var parts = layout.Measures.Select(m => (decimal)FigureCalculator.PartsOf(m.Unit)).ToList();
        return new AnnexSheet(words["Sheet.Rows", layout.Title], columns, facts.Rows.Select(RowOf));

        IReadOnlyList<object?> RowOf(FactRow row)
        {
            var thing = things.GetValueOrDefault(row.Id);
            List<object?> cells = new(columns.Count) { thing?.Number, thing?.About, thing?.Place.ToString() };
            for (var i = 0; i < names.Count; i++) cells.Add(row.Keys[i] is { } key ? names[i]?.GetValueOrDefault(key)?.ToString() : null);
            foreach (var at in row.Times) cells.Add(at is { } ticks ? Local(ticks) : null);
            for (var i = 0; i < parts.Count; i++) cells.Add(row.Measures[i] is { } measure ? measure / parts[i] : null);
            foreach (var i in shown) cells.Add(row.IsCounted(i) ? 1 : row.IsInBase(i) ? 0 : null);
            return cells;
        }
    }

    private AnnexSheet Comments(ReportContent content)
    {
        List<(string Place, string Name)> places =
            [(ReportComment.General, report["GeneralComment"]), .. content.Sections.Select(s => (s.Layout.Code, s.Layout.Title.ToString())),
                (ReportComment.Plan, report["Plan"])];
        return new AnnexSheet(
            words["Sheet.Comments"],
            [new(words["Column.Section"]), new(words["Column.Text"])],
            [.. places.Where(p => content.Comments.ContainsKey(p.Place)).Select(p => (IReadOnlyList<object?>)[p.Name, content.Comments[p.Place]])]);
    }

    private AnnexSheet Definitions(ReportContent content) => new(
        report["Definitions"],
        [
            new(report["Figure"]), new(words["Column.Code"]), new(report["HowComputed"]), new(report["Counts"]), new(words["Column.Denominator"]),
            new(report["ByDate"]), new(report["Version"], Whole),
        ],
        [.. content.Sections.SelectMany(s => s.Layout.Reported).Select(f => (IReadOnlyList<object?>)
        [
            f.Words.Name.ToString(), f.Code, report[$"FigureForm.{f.Form}"].Value, f.Words.Counted.ToString(), f.Words.Base?.ToString(),
            f.Words.Date.ToString(), f.Version,
        ])]);

    private AnnexColumn Column(FigureDefinition figure) =>
        new(words["NameWithUnit", figure.Words.Name, format.Unit(figure, 0)], FigureFormat.InWorkbooks(figure.Unit));

    private DateTime Local(long ticks) => office.Local(new DateTimeOffset(ticks, TimeSpan.Zero)).DateTime;

    private string Written(DateTimeOffset at) => office.Local(at).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
