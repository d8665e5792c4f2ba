using System.Text;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Localization;
using UglyToad.PdfPig;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>What the documents say is what the page says, to the last figure.</summary>
public sealed class ReportContentTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task The_document_has_every_figure_and_definition_as_they_are_on_the_page(string language)
    {
        await using var host = await MonthAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var bytes = (await manager.Get<ReportFiles>().AsItStandsAsync(November, ReportFileKind.Pdf, language, Ct)).Bytes;
        var content = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Content;
        using var document = PdfDocument.Open(bytes);
        var pages = document.GetPages().Select(p => Plain(string.Concat(p.Letters.Select(l => l.Value)))).ToList();
        var all = string.Concat(pages);
        using var inLanguage = new LanguageScope(language);
        var format = manager.Get<FigureFormat>();

        var words = manager.Get<IStringLocalizer<FilesText>>();
        var tiles = pages.Single(p => p.Contains(Plain(words["TilesNote"]), StringComparison.Ordinal));
        foreach (var section in content.Sections)
        {
            foreach (var paragraph in section.Summary) Assert.Contains(Plain(paragraph.ToString()), all, StringComparison.Ordinal);
            foreach (var code in section.Layout.KeyFigures)
            {
                var (figure, reading) = (section.Layout.Figure(code), section.Readings[code]);
                Assert.Contains(
                    Plain(figure.Words.Name + format.Number(figure, reading.Value) + (reading.Value is null ? "" : format.Unit(figure, reading.Value))),
                    tiles, StringComparison.Ordinal);
            }
            foreach (var figure in section.Layout.Reported)
            {
                var reading = section.Readings[figure.Code];
                var line = figure.Words.Name + format.Full(figure, reading.Value)
                    + (figure.Form == FigureForm.Share ? language == Languages.English
                        ? $"{reading.Counted} of {reading.Base}" : $"{reading.Counted} / {reading.Base}" : "")
                    + format.Target(figure, reading.Target);
                Assert.Contains(Plain(line), all, StringComparison.Ordinal);
                Assert.Contains(Plain(figure.Words.Counted.ToString()), all, StringComparison.Ordinal);
                if (figure.Words.Base is { } of) Assert.Contains(Plain(of.ToString()), all, StringComparison.Ordinal);
                Assert.Contains(Plain(figure.Words.Date.ToString()), all, StringComparison.Ordinal);
            }
        }
        // Signatures stand below the plan.
        Assert.Contains(Plain(words["NothingWritten"]), pages.Single(p => p.Contains(Plain(words["Signature.Issued"]), StringComparison.Ordinal)),
            StringComparison.Ordinal);
        Assert.Contains("本月维修压力主要来自空调", all, StringComparison.Ordinal);
        Assert.Contains(Plain(language == Languages.English ? "Monthly service report, November 2026 (draft)" : "后勤服务月报2026年11月（草稿）"),
            pages[1], StringComparison.Ordinal);
        Assert.All(pages.Skip(1), p => Assert.Contains(language == Languages.English ? "(draft)" : "（草稿）", p, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_document_of_a_closed_month_is_no_draft_and_bears_number_date_and_hash()
    {
        await using var host = await MonthAsync();
        host.Clock.Advance(TimeSpan.FromDays(12));
        var manager = await host.AsAsync(TestUsers.Manager);
        await manager.Get<ClosingService>().SetDocumentNumberAsync(new NumberForm { Month = November, Number = "后勤月报〔2026〕11号" }, Ct);
        await manager.Get<ClosingService>().CloseAsync(November, Ct);
        var closing = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Closing;
        host.Clock.Advance(TimeSpan.FromDays(3));

        var bytes = (await manager.Get<ReportFiles>().AsItStandsAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct)).Bytes;

        using var document = PdfDocument.Open(bytes);
        var all = string.Concat(document.GetPages().Select(p => Plain(string.Concat(p.Letters.Select(l => l.Value)))));
        foreach (var said in new[] { "后勤月报〔2026〕11号", "2026年12月4日", closing!.Hash, "制表", "审核", "签发" })
            Assert.Contains(said, all, StringComparison.Ordinal);
        Assert.DoesNotContain("草稿", all, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task The_workbook_has_every_figure_as_a_number_and_rows_that_add_up_to_it(string language)
    {
        await using var host = await MonthAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var bytes = (await manager.Get<ReportFiles>().AsItStandsAsync(November, ReportFileKind.Workbook, language, Ct)).Bytes;
        var content = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Content;
        var section = content.Sections.Single(s => s.Layout.Code == "repairs");
        var sheets = Read(bytes);
        using var inLanguage = new LanguageScope(language);
        var isChinese = language == Languages.Chinese;

        Assert.All(sheets.Keys, name => Assert.InRange(name.Length, 1, 31));
        var figures = sheets[isChinese ? "全部指标" : "All figures"];
        Assert.Equal(content.Sections.Sum(s => s.Layout.Reported.Count()) + 1, figures.Count);
        foreach (var (row, figure) in figures.Skip(1).Zip(section.Layout.Reported))
        {
            var reading = section.Readings[figure.Code];
            Assert.Equal(figure.Code, row[2]);
            Assert.Equal((double?)reading.Value, (double?)row[3]);
            Assert.Equal((double)reading.Counted, row[5]);
            Assert.Equal(figure.Form == FigureForm.Share ? (double?)reading.Base : null, (double?)row[6]);
        }

        var rows = sheets[isChinese ? $"{section.Layout.Title}明细" : $"{section.Layout.Title}, rows"];
        Assert.Equal(section.Snapshot.Facts.Rows.Count + 1, rows.Count);
        foreach (var figure in section.Layout.Reported.Where(f => f.Form is FigureForm.Count or FigureForm.Share))
        {
            var column = rows[0].ToList().LastIndexOf(figure.Words.Name.ToString());
            var cells = rows.Skip(1).Select(r => r[column]).OfType<double>().ToList();
            Assert.Equal(section.Readings[figure.Code].Counted, (int)cells.Sum());
            if (figure.Form == FigureForm.Share) Assert.Equal(section.Readings[figure.Code].Base, cells.Count);
        }
        Assert.StartsWith("BX2026", Assert.IsType<string>(rows[1][0]), StringComparison.Ordinal);
        var submitted = rows[0].ToList().IndexOf(section.Layout.Times[0].Name.ToString());
        Assert.Equal(new DateTime(2026, 11, 22, 14, 0, 0), Assert.IsType<DateTime>(rows[1][submitted]));

        var definitions = sheets[isChinese ? "指标口径" : "Definitions of the figures"];
        Assert.Equal(
            content.Sections.SelectMany(s => s.Layout.Reported).Select(f => (object?)f.Words.Counted.ToString()), definitions.Skip(1).Select(r => r[3]));
        Assert.Contains(sheets[isChinese ? "情况说明" : "Comments"], r => Equals(r[1], "本月维修压力主要来自空调🙂\n=1+1"));
        foreach (var table in section.Layout.Tables.Where(t => section.Snapshot.Lines(t).Count > 0))
        {
            var lines = section.Snapshot.Lines(table);
            var stored = sheets.Single(s => table.Caption.ToString().StartsWith(s.Key, StringComparison.Ordinal)).Value;
            Assert.Equal(lines.Count + 1, stored.Count);
            Assert.Equal(lines.Select(l => (double?)l.Values[0].Value), stored.Skip(1).Select(r => (double?)r[1]));
        }
    }

    [Fact]
    public async Task Empty_and_extreme_months_become_documents()
    {
        await using var host = await TestHost.OpenAsync();
        var manager = await host.AsAsync(TestUsers.Manager);
        var files = manager.Get<ReportFiles>();
        foreach (var kind in Enum.GetValues<ReportFileKind>())
            Assert.NotEmpty((await files.AsItStandsAsync(ReportPeriod.MonthOf(new DateOnly(2024, 2, 1)), kind, Languages.English, Ct)).Bytes);

        await host.TicketAsync(TicketStatus.Closed);
        var text = string.Concat(Enumerable.Repeat("很长的说明ABC ", 999)) + "\n\n🙂 مرحبا";
        await manager.Get<ClosingService>().SaveCommentAsync(November, new CommentForm { Place = "repairs", Text = text }, Ct);
        var file = (await files.AsItStandsAsync(November, ReportFileKind.Pdf, Languages.Chinese, Ct)).Bytes;
        using var document = PdfDocument.Open(file);
        var all = string.Concat(document.GetPages().Select(p => Plain(string.Concat(p.Letters.Select(l => l.Value)))));
        Assert.InRange(all.Split("很长的说明").Length - 1, 980, 999); // Some are divided by the foot and head of pages.
    }

    private static async Task<TestHost> MonthAsync()
    {
        var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Rejected);
        await (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>()
            .SaveCommentAsync(November, new CommentForm { Place = ReportComment.General, Text = "本月维修压力主要来自空调🙂\n=1+1" }, Ct);
        return host;
    }

    // Lines are broken where they end on the page.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var c in text)
            if (!char.IsWhiteSpace(c)) plain.Append(c);
        return plain.ToString();
    }

    private static Dictionary<string, List<object?[]>> Read(byte[] file) => new ReadBack(file).Sheets.ToDictionary(s => s.Name, s => s.Rows);
}
