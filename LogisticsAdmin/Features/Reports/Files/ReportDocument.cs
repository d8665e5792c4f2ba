using System.Globalization;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Files;

/// <summary>Turns a report into a document in one language. It computes no figure: all of them are written as on the page.</summary>
public sealed class ReportDocument(
    FigureFormat format, TrendCharts charts, IStringLocalizer<ReportsText> report, IStringLocalizer<FilesText> words, OfficeTime office)
{
    private const string ChineseDigits = "一二三四五六七八九";

    public Document Build(ReportSource source, string language)
    {
        using var inLanguage = new LanguageScope(language);
        var content = source.Content;
        var composition = new Composition();
        AddSummary(composition, source);
        foreach (var section in content.Sections) AddSection(composition, content, section);
        AddText(composition, words["Plan"], content.Comments.GetValueOrDefault(ReportComment.Plan));
        composition.Add(new SignatureBlock([words["Signature.Prepared"], words["Signature.Checked"], words["Signature.Issued"]]));
        AddDefinitions(composition, source);
        var period = format.Period(content.Period);
        var issuer = content.Office.ToString() is { Length: > 0 } name ? name : words["Issuer"].Value;
        return new Document
        {
            Title = words["Title"],
            Subtitle = source.IsDraft ? words["DraftOf", period] : period,
            Office = issuer,
            Number = content.DocumentNumber.Length > 0 ? content.DocumentNumber : null,
            Date = words["Date", office.Local(source.IssuedAt).DateTime],
            Language = Languages.Known(language),
            Author = issuer,
            RunningHead = words["RunningHead", source.IsDraft ? words["DraftOf", period].Value : period],
            WithContents = true,
            Blocks = composition.Blocks,
        };
    }

    private void AddSummary(Composition to, ReportSource source)
    {
        var content = source.Content;
        to.Add(Numbered(to, report["Summary"]));
        if (source.IsDraft) to.Add(new Paragraph(words["DraftNote", Moment(content.AsOf)], ParagraphKind.Note));
        foreach (var paragraph in content.Sections.SelectMany(s => s.Summary)) to.Add(new Paragraph(paragraph.ToString()));
        AddParagraphs(to, content.Comments.GetValueOrDefault(ReportComment.General));
        to.Add(new TileGrid(
            TableCaption(to, report["KeyFigures"]),
            words["TilesNote"],
            [.. content.Sections.SelectMany(s => s.Layout.KeyFigures.Select(c => TileOf(s, c)))]));
        to.Add(new Paragraph(words["ChangesNote"], ParagraphKind.Note));
    }

    private Tile TileOf(ReportedSection section, string code)
    {
        var (figure, reading) = (section.Layout.Figure(code), section.Readings[code]);
        return new Tile(
            figure.Words.Name.ToString(), format.Number(figure, reading.Value), reading.Value is null ? "" : format.Unit(figure, reading.Value),
            FigureFormat.IsMet(figure, reading.Value, reading.Target) == false ? report["Missed"].Value : null,
            [
                new(report["Target"], format.Target(figure, reading.Target)),
                new(report["Previous"], format.Change(figure, reading.Value, reading.Previous)),
                new(report["YearBefore"], format.Change(figure, reading.Value, reading.YearBefore)),
            ]);
    }

    private void AddSection(Composition to, ReportContent content, ReportedSection section)
    {
        to.Add(Numbered(to, section.Layout.Title.ToString()));
        foreach (var balance in section.Layout.Balances) AddBalance(to, section, balance);
        foreach (var trend in section.Layout.Trends) AddTrend(to, content, section, trend);
        AddFigures(to, section);
        foreach (var table in section.Layout.Tables) AddBreakdown(to, section, table);
        if (content.Comments.GetValueOrDefault(section.Layout.Code) is { Length: > 0 } comment)
        {
            to.Add(new Heading(2, words["Comment"]));
            AddParagraphs(to, comment);
        }
    }

    private void AddBalance(Composition to, ReportedSection section, ReportBalance balance)
    {
        List<(string Sign, string Code)> parts =
            [("", balance.Opening), .. balance.Plus.Select(c => ("+ ", c)), .. balance.Minus.Select(c => ("− ", c)), ("= ", balance.Closing)];
        to.Add(new Table(
            TableCaption(to, balance.Caption.ToString()),
            balance.HoldsFor(section.Snapshot) ? null : report["BalanceBroken"].Value,
            [.. parts.Select(p => new TableColumn(p.Sign + section.Layout.Figure(p.Code).Words.Name, Align.Center))],
            [new([.. parts.Select(p => section.Snapshot.Value(p.Code).Counted.ToString("N0", CultureInfo.CurrentCulture))])]));
    }

    private void AddTrend(Composition to, ReportContent content, ReportedSection section, ReportTrend trend)
    {
        if (section.History.Count == 0) return;
        var isPartial = content.Period.Until > office.DayOf(content.AsOf);
        var chart = charts.Draw(section, trend, isPartial);
        var figures = trend.Columns.Concat(trend.Lines).Select(section.Layout.Figure).ToList();
        var latest = string.Join(
            words["Separator"], figures.Select(f => words["NameAndValue", f.Words.Name, format.Full(f, section.Readings[f.Code].Value)].Value));
        to.Add(new ChartBlock(
            words["ChartCaption", ++to.Charts, trend.Caption],
            null,
            chart,
            words["ChartText", trend.Caption, chart.Labels[0], chart.Labels[^1], latest]));
        var rows = figures.Select(f => Row(f, section.History.Select(m => m.Values.GetValueOrDefault(f.Code)?.Value))).ToList();
        to.Add(new Table("", null, [new(report["Figure"], Align.Left, 2.2), .. chart.Labels.Select(l => new TableColumn(l, Align.Right))], rows));
    }

    private TableRow Row(FigureDefinition figure, IEnumerable<decimal?> values)
    {
        var all = values.ToList();
        var unit = CommonUnit(figure, all);
        return new TableRow([Head(figure, unit), .. all.Select(v => Cell(figure, v, unit))]);
    }

    private void AddFigures(Composition to, ReportedSection section) => to.Add(new Table(
        TableCaption(to, report["AllFigures"]),
        null,
        [
            new(report["Figure"], Align.Left, 1.9), new(report["Result"], Align.Right, 1.45), new(report["Base"], Align.Right, 1.15),
            new(report["Target"], Align.Right, 1.1), new(report["Deviation"], Align.Right, 1.3), new(report["Previous"], Align.Right, 1.55),
            new(report["YearBefore"], Align.Right, 1.55),
        ],
        [.. section.Layout.Reported.Select(f => FigureRow(f, section.Readings[f.Code]))]));

    private TableRow FigureRow(FigureDefinition figure, FigureReading reading) => new(
    [
        figure.Words.Name.ToString(),
        format.Full(figure, reading.Value),
        figure.Form == FigureForm.Share ? report["CountedOfBase", reading.Counted, reading.Base] : "",
        format.Target(figure, reading.Target),
        reading.Target is null ? FigureFormat.None : format.Change(figure, reading.Value, reading.Target),
        format.Change(figure, reading.Value, reading.Previous),
        format.Change(figure, reading.Value, reading.YearBefore),
    ]);

    private void AddBreakdown(Composition to, ReportedSection section, ReportTableLayout table)
    {
        var lines = section.Snapshot.Lines(table);
        if (lines.Count == 0) return;
        var figures = table.Figures.Select(section.Layout.Figure).ToList();
        var units = figures.Select((f, i) => CommonUnit(f, lines.Select(l => l.Values[i].Value))).ToList();
        var dimension = section.Layout.Dimensions[section.Layout.PlaceOfDimension(table.Dimension)];
        var rows = lines.Select(l => new TableRow(
            [l.Name?.ToString() ?? report["NoKey"], .. l.Values.Select((v, i) => Cell(figures[i], v, units[i]))])).ToList();
        to.Add(new Table(
            TableCaption(to, table.Caption.ToString()),
            table.Top is { } top ? words["TopNote", top].Value : null,
            [
                new(dimension.Name.ToString(), Align.Left, Weight(rows, 0, 14, 24)),
                .. figures.Select((f, i) => new TableColumn(Head(f, units[i]), Align.Right, Weight(rows, i + 1, 9, 16))),
            ],
            rows));
    }

    // By the longest cell, in halves of a Chinese character.
    private static double Weight(List<TableRow> rows, int column, int least, int most) =>
        Math.Clamp(rows.Max(r => r.Cells[column].Sum(c => c < 0x2E80 ? 1 : 2)) + 2, least, most);

    private string Cell(FigureDefinition figure, FigureValue value, string? unit) =>
        value.Counted + value.Base == 0 ? FigureFormat.None : Cell(figure, value.Value, unit);

    // A unit that a whole row or column shares stands at its head.
    private string Cell(FigureDefinition figure, decimal? value, string? unit) => unit is null ? format.Full(figure, value) : format.Number(figure, value);

    private string Head(FigureDefinition figure, string? unit) =>
        unit is null ? figure.Words.Name.ToString() : words["NameWithUnit", figure.Words.Name, unit];

    private string? CommonUnit(FigureDefinition figure, IEnumerable<decimal?> values) =>
        values.Where(v => v is not null).Select(v => format.Unit(figure, v)).Distinct().ToList() is [var unit] ? unit : null;

    private void AddText(Composition to, string heading, string? text)
    {
        to.Add(Numbered(to, heading));
        if (string.IsNullOrWhiteSpace(text)) to.Add(new Paragraph(words["NothingWritten"], ParagraphKind.Note));
        else AddParagraphs(to, text);
    }

    private static void AddParagraphs(Composition to, string? text)
    {
        foreach (var paragraph in (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            to.Add(new Paragraph(paragraph));
    }

    private void AddDefinitions(Composition to, ReportSource source)
    {
        to.Add(new Heading(1, words["Appendix"]));
        foreach (var section in source.Content.Sections)
        {
            to.Add(new Table(
                TableCaption(to, words["DefinitionsOf", section.Layout.Title]),
                null,
                [
                    new(report["Figure"], Align.Left, 1.5), new(report["HowComputed"], Align.Left, 0.9), new(report["Counts"], Align.Left, 3.2),
                    new(report["ByDate"], Align.Left, 2.2), new(report["Version"], Align.Right, 0.6),
                ],
                [.. section.Layout.Reported.Select(DefinitionRow)]));
        }
        if (source.Closing is { } closing)
            to.Add(new Paragraph(words["ClosingNote", Moment(closing.ClosedAt), closing.Number, closing.Hash], ParagraphKind.Note));
    }

    private TableRow DefinitionRow(FigureDefinition figure) => new(
    [
        figure.Words.Name.ToString(),
        report[$"FigureForm.{figure.Form}"],
        figure.Words.Base is { } of ? $"{figure.Words.Counted}\n{report["OfBase", of]}" : figure.Words.Counted.ToString(),
        figure.Words.Date.ToString(),
        figure.Version.ToString(CultureInfo.CurrentCulture),
    ]);

    private Heading Numbered(Composition to, string text)
    {
        var number = ++to.Headings;
        var numeral = Languages.IsChinese(CultureInfo.CurrentUICulture) ? ChineseNumeral(number) : number.ToString(CultureInfo.CurrentCulture);
        return new Heading(1, words["Numbered", numeral, text]);
    }

    // Up to 99.
    private static string ChineseNumeral(int number)
    {
        var (tens, ones) = (number / 10, number % 10);
        var ten = tens == 0 ? "" : tens == 1 ? "十" : $"{ChineseDigits[tens - 1]}十";
        return ten + (ones == 0 ? "" : ChineseDigits[ones - 1].ToString());
    }

    private string TableCaption(Composition to, string caption) => words["TableCaption", ++to.Tables, caption];

    private string Moment(DateTimeOffset at) => office.Local(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private sealed class Composition
    {
        private readonly List<Block> _blocks = [];

        public IReadOnlyList<Block> Blocks => _blocks;
        public int Headings { get; set; }
        public int Tables { get; set; }
        public int Charts { get; set; }

        public void Add(Block block) => _blocks.Add(block);
    }
}
