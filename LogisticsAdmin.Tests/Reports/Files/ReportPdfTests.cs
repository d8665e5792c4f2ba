using Bunit;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Documents;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Outline;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

/// <summary>The printed report of a month with many tickets, read back from its file.</summary>
public sealed class ReportPdfTests
{
    private const string Strange = "表情😀👩‍🔧，希伯来文 שלום עולם，阿拉伯文 مرحبا 2026，缺字 \uE123，组合 e\u0301。";

    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Contents_and_bookmarks_lead_to_the_pages_of_the_headings(string language)
    {
        await using var host = await MonthAsync();
        var (content, model, file) = await WriteAsync(host, language);
        Assert.All(content.Sections.SelectMany(s => s.Summary), p => Assert.True(p.Zh.EndsWith('。') && p.En.EndsWith('.'), $"{p.Zh} {p.En}"));
        var pages = PdfText.Pages(file);
        using var document = PdfDocument.Open(file);

        Assert.True(document.TryGetBookmarks(out var bookmarks));
        var roots = bookmarks.Roots.OfType<DocumentBookmarkNode>().ToList();
        Assert.Equal(model.Blocks.OfType<Heading>().Where(h => h.Level == 1).Select(h => h.Text), roots.Select(r => r.Title));
        Assert.True(roots[^1].PageNumber > 3);
        foreach (var root in roots)
        {
            var title = PdfText.Bare(root.Title);
            Assert.Contains($"{title}{root.PageNumber}", pages[0], StringComparison.Ordinal);
            // On the first page every heading stands in the contents, too.
            Assert.Equal(root.PageNumber == 1 ? 2 : 1, PdfText.Count(pages[root.PageNumber - 1], title));
        }
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Tables_repeat_their_header_on_every_page_and_a_row_follows_it(string language)
    {
        await using var host = await MonthAsync();
        var (_, model, file) = await WriteAsync(host, language);
        var pages = PdfText.Pages(file);
        var longest = 0;
        foreach (var table in model.Blocks.OfType<Table>().Where(t => t.Caption.Length > 0))
        {
            var (caption, head) = (PdfText.Bare(table.Caption), string.Concat(table.Columns.Select(c => PdfText.Bare(c.Head))));
            var rows = table.Rows.Select(r => string.Concat(r.Cells.Select(PdfText.Bare))).ToList();
            var holding = pages.Where(p => p.Contains(caption, StringComparison.Ordinal) && p.Contains(head, StringComparison.Ordinal)).ToList();
            longest = Math.Max(longest, holding.Count);
            var next = 0;
            foreach (var page in holding)
            {
                var at = page.IndexOf(head, page.IndexOf(caption, StringComparison.Ordinal), StringComparison.Ordinal) + head.Length;
                Assert.True(next < rows.Count && page[at..].StartsWith(rows[next], StringComparison.Ordinal), $"{table.Caption}: no row after its header");
                for (; next < rows.Count && page[at..].StartsWith(rows[next], StringComparison.Ordinal); next++) at += rows[next].Length;
            }
            Assert.Equal(rows.Count, next);
        }
        Assert.True(longest >= 2);
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Every_cell_of_a_table_is_that_of_the_page(string language)
    {
        await using var host = await MonthAsync();
        var (content, _, file) = await WriteAsync(host, language);
        var printed = PdfText.Whole(file);
        await using var page = new BunitContext();
        page.Services.AddFallbackServiceProvider((await host.AsAsync(TestUsers.Manager)).Get<IServiceProvider>());
        using var inLanguage = new LanguageScope(language);
        var words = host.AsSystem().Get<IStringLocalizer<FilesText>>();
        foreach (var section in content.Sections)
        {
            foreach (var table in section.Layout.Tables.Where(t => section.Snapshot.Lines(t).Count > 0))
            {
                var shown = page.Render<BreakdownTable>(p => p.Add(t => t.Period, November).Add(t => t.Section, section).Add(t => t.Table, table));
                var rows = shown.FindAll("tbody tr").Select(r => r.QuerySelectorAll("th, td").Select(c => PdfText.Bare(c.TextContent)).ToList()).ToList();
                // A unit that a whole column shares stands at its head.
                var units = table.Figures.Select((code, i) => UnitOf(section.Layout.Figure(code), [.. rows.Select(r => r[i + 1])])).ToList();
                var at = printed.IndexOf(PdfText.Bare(table.Caption.ToString()), StringComparison.Ordinal);
                foreach (var row in rows)
                {
                    var cells = string.Concat(row.Select((c, i) =>
                        i > 0 && units[i - 1] is { } unit && c.EndsWith(unit, StringComparison.Ordinal) ? c[..^unit.Length] : c));
                    var found = printed.IndexOf(cells, at, StringComparison.Ordinal);
                    Assert.True(found >= 0, $"{table.Code}: {cells} is not after {at}");
                    at = found + cells.Length;
                }
            }
        }

        string? UnitOf(FigureDefinition figure, List<string> column)
        {
            string[] possible = ["%", .. new decimal[] { 0, 10_000 }.Select(v => PdfText.Bare(host.AsSystem().Get<FigureFormat>().Unit(figure, v)))];
            return possible.Distinct().SingleOrDefault(unit => printed.Contains(
                PdfText.Bare(words["NameWithUnit", figure.Words.Name, unit]), StringComparison.Ordinal)
                && column.All(c => c == FigureFormat.None || c.EndsWith(unit, StringComparison.Ordinal)));
        }
    }

    [Theory]
    [InlineData(Languages.Chinese)]
    [InlineData(Languages.English)]
    public async Task Long_comments_and_strange_names_are_all_there_and_overlap_nothing(string language)
    {
        await using var host = await MonthAsync(tickets: 300);
        var comment = string.Concat(Enumerable.Range(1, 1100).Select(i => $"第{i:0000}句，完。")) + "\n" + Strange;
        Assert.True(comment.Length is > 9_900 and <= 10_000);
        var name = "国际教育交流与后勤保障综合服务中心学生公寓管理科第二维修班组及其外包合作单位联合值班室";
        await host.InDatabaseAsync(async db =>
        {
            await RenameAsync(db.Set<Building>(), b => b.Name);
            await RenameAsync(db.Set<Building>(), b => b.NameEn);
            await RenameAsync(db.Set<Crew>(), c => c.Name);
            await RenameAsync(db.Set<Crew>(), c => c.NameEn);
            await RenameAsync(db.Users, p => p.FullName);
            return await db.SaveChangesAsync(Ct);

            async Task RenameAsync<T>(IQueryable<T> things, System.Linq.Expressions.Expression<Func<T, string>> what) where T : class
            {
                foreach (var (i, thing) in (await things.ToListAsync(Ct)).Index()) db.Entry(thing).Property(what).CurrentValue = $"{name}{i}号{Strange}";
            }
        });
        var manager = await host.AsAsync(TestUsers.Manager);
        foreach (var place in new[] { ReportComment.General, "repairs", ReportComment.Plan })
            await manager.Get<ClosingService>().SaveCommentAsync(November, new CommentForm { Place = place, Text = comment }, Ct);

        var (_, model, file) = await WriteAsync(host, language);

        PageRecorder.Of(model).DemandNothingOverlaps();
        var pages = PdfText.Pages(file);
        var whole = string.Concat(pages);
        // The foot and head of a page may be inside a sentence.
        var cut = Enumerable.Range(1, 1100).Sum(i => 3 - PdfText.Count(whole, $"第{i:0000}句"));
        Assert.InRange(cut, 0, pages.Count);
        foreach (var part in new[] { "😀", "שלום", "□(U+E123)" })
            Assert.True(PdfText.Count(whole, part) > 20, part);
    }

    private static async Task<TestHost> MonthAsync(int tickets = 1_200)
    {
        var host = await TestHost.OpenAsync();
        await host.AsSystem().Get<DemoTickets>().GenerateAsync(tickets, 2, 7, TestHost.Start, Ct);
        return host;
    }

    private static async Task<(ReportContent Content, Document Model, byte[] File)> WriteAsync(TestHost host, string language)
    {
        var manager = await host.AsAsync(TestUsers.Manager);
        var content = (await manager.Get<ReportService>().MonthAsync(November, Ct)).Content;
        var source = new ReportSource(content, null);
        var file = await manager.Get<ReportFileWriter>().WriteAsync(source, ReportFileKind.Pdf, language, null, Ct);
        return (content, manager.Get<ReportDocument>().Build(source, language), file);
    }
}
