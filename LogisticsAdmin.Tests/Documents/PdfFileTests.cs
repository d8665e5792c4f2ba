using LogisticsAdmin.Documents;
using LogisticsAdmin.Documents.PdfSharp;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Tokens;
using Xunit;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>Written files, looked at by qpdf, poppler and PdfPig.</summary>
public sealed class PdfFileTests
{
    private static readonly PdfSharpEngine Engine = new();

    /// <summary>Characters that need other fonts, other directions, or have no font at all.</summary>
    private const string Rare = "希伯来文 שלום עולם 和阿拉伯文 مرحبا 2026，表情 😀，罕见字 䶮㙟，组合 e\u0301 o\u0308，缺字 \uE123 \U000F0000，谢谢。";

    public static TheoryData<string> Names => ["zh", "en", "slip", "rare", "empty"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Files_are_sound_tagged_and_embed_what_they_use(string name)
    {
        var file = Write(Sample(name));

        var check = await PdfTools.RunAsync("qpdf", file, "--check", "{}");
        Assert.True(check.Code is 0 or 3, check.Errors);
        // Compressed content streams make qpdf say this; nothing else is allowed.
        Assert.All(
            check.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Matches("input stream is complete|succeeded", line));
        var fonts = (await PdfTools.RunAsync("pdffonts", file, "{}")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(2).ToList();
        Assert.NotEmpty(fonts);
        Assert.All(fonts, font => Assert.Matches(@"^[A-Z]{6}\+.* yes yes yes +\d+ +\d+", font));
        var info = (await PdfTools.RunAsync("pdfinfo", file, "{}")).Output;
        Assert.Matches(@"Tagged: +yes", info);
        Assert.Matches($"Title: +{Sample(name).Title}", info);
        Assert.Matches($"Author: +{Sample(name).Author}", info);
        using var document = PdfDocument.Open(file);
        Assert.True(document.Structure.Catalog.CatalogDictionary.TryGet(NameToken.Create("Lang"), out StringToken language));
        Assert.Equal(Sample(name).Language, language.Data);
    }

    [Fact]
    public async Task Text_is_read_in_its_order()
    {
        string[] inOrder =
        [
            "后勤服务月报", "2026年10月", "后勤月报〔2026〕10号", "目录", "一、总体情况", "共受理后勤服务事项1,284件，较上月减少107件（−7.7%），", "表1", "受理量",
            "二、受理与办结", "图1", "水暖管道", "合计", "三、服务满意度", "“报修后二十分钟就有师傅联系，当晚修好，走之前还把地面拖干净了。”", "四、楼栋情况",
            "学生公寓1号楼", "学生公寓60号楼", "附录", "制表",
        ];
        var text = PdfText.Bare(await PdfTools.TextAsync(Write(SampleDocuments.ChineseReport)));

        var at = 0;
        foreach (var part in inOrder)
        {
            var found = text.IndexOf(part, at, StringComparison.Ordinal);
            Assert.True(found >= 0, $"{part} is not after position {at} of: {text}");
            at = found;
        }
    }

    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public void Every_cell_is_read_back_in_the_order_of_rows(string name)
    {
        var text = PdfText.Whole(Write(Sample(name)));

        foreach (var table in Sample(name).Blocks.OfType<Table>())
        {
            var at = text.IndexOf(PdfText.Bare(table.Caption), StringComparison.Ordinal);
            foreach (var cell in table.Rows.SelectMany(r => r.Cells).Select(PdfText.Bare))
            {
                at = text.IndexOf(cell, at, StringComparison.Ordinal);
                Assert.True(at >= 0, cell);
            }
        }
    }

    [Theory]
    [InlineData("zh", "按时办结率（%）")]
    [InlineData("en", "Intime(%)")]
    public void A_table_over_two_pages_repeats_its_header(string name, string head)
    {
        var table = Sample(name).Blocks.OfType<Table>().Single(t => t.Rows.Count > 30);
        var pages = PdfText.Pages(Write(Sample(name)));

        var holding = pages.Where(p => table.Rows.Take(table.Rows.Count - 1).Any(r => p.Contains(PdfText.Bare(r.Cells[0]), StringComparison.Ordinal))).ToList();
        Assert.True(holding.Count >= 2);
        Assert.All(holding, page => Assert.Contains(head, page, StringComparison.Ordinal));
    }

    [Fact]
    public void Bookmarks_and_contents_name_the_pages_of_the_headings()
    {
        var file = Write(SampleDocuments.LongReport);
        var pages = PdfText.Pages(file);
        using var document = PdfDocument.Open(file);

        Assert.True(document.TryGetBookmarks(out var bookmarks));
        var headings = SampleDocuments.LongReport.Blocks.OfType<Heading>().Where(h => h.Level == 1).ToList();
        Assert.Equal(headings.Select(h => h.Text), bookmarks.Roots.Select(b => b.Title));
        var contents = pages[0] + pages[1];
        foreach (var root in bookmarks.Roots.OfType<UglyToad.PdfPig.Outline.DocumentBookmarkNode>())
        {
            Assert.Contains(PdfText.Bare(root.Title), pages[root.PageNumber - 1], StringComparison.Ordinal);
            Assert.Contains($"{PdfText.Bare(root.Title)}{root.PageNumber}", contents, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Rare_characters_are_drawn_by_other_fonts_or_named_and_never_dropped()
    {
        var file = Write(Sample("rare"));

        var read = await PdfTools.TextAsync(file);
        foreach (var part in new[] { "😀", "䶮㙟", "□(U+E123)", "□(U+F0000)", "谢谢。" }) Assert.Contains(part, read, StringComparison.Ordinal);
        // In the order of reading, not that of the places.
        var written = PdfText.Whole(file);
        foreach (var part in new[] { "שלוםעולם", "مرحبا", "é", "ö", "2026", "😀" }) Assert.Contains(part, written, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_characters_are_all_there()
    {
        var text = string.Concat(Enumerable.Range(1, 1250).Select(i => $"第{i:0000}句，完"));

        var pages = PdfText.Pages(Write(SampleDocuments.With(new Heading(1, "意见"), new Paragraph(text))));

        Assert.True(pages.Count > 5);
        var whole = string.Concat(pages);
        for (var i = 1; i <= 1250; i++) Assert.True(Has(i), $"{i}");

        // A page's end with its number may be inside.
        bool Has(int i) => whole.Contains($"第{i:0000}句", StringComparison.Ordinal) || pages.Any(p => p.Contains($"{i:0000}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Twenty_documents_are_written_at_once()
    {
        var alone = PdfText.Whole(Write(SampleDocuments.ChineseReport));

        var files = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Write(Sample(i % 2 == 0 ? "zh" : "rare")))));

        Assert.All(files.Where((_, i) => i % 2 == 0), file => Assert.Equal(alone, PdfText.Whole(file)));
        Assert.All(files.Where((_, i) => i % 2 == 1), file => Assert.Contains("谢谢。", PdfText.Whole(file), StringComparison.Ordinal));
    }

    [Fact]
    public void Writing_tells_how_far_it_is_and_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var told = new List<double>();
        Engine.Write(SampleDocuments.ChineseReport, new Told(told.Add), source.Token);
        Assert.Equal(told.Order(), told);
        Assert.Equal(1, told[^1]);

        Assert.Throws<OperationCanceledException>(() =>
            Engine.Write(SampleDocuments.ChineseReport, new Told(share => { if (share > 0.4) source.Cancel(); }), source.Token));
    }

    [Fact]
    public async Task A_slip_has_a_code_and_no_page_number()
    {
        var file = Write(SampleDocuments.DispatchSlip);

        var text = await PdfTools.TextAsync(file);
        Assert.Contains("派工单", text, StringComparison.Ordinal);
        Assert.DoesNotContain("— 1 —", text, StringComparison.Ordinal);
        Assert.Contains("/Figure", (await PdfTools.RunAsync("qpdf", file, "--qdf", "--object-streams=disable", "{}", "-")).Output, StringComparison.Ordinal);
    }

    private static byte[] Write(Document document) => Engine.Write(document, cancellation: TestContext.Current.CancellationToken);

    private static Document Sample(string name) => name switch
    {
        "zh" => SampleDocuments.ChineseReport,
        "en" => SampleDocuments.EnglishReport,
        "slip" => SampleDocuments.DispatchSlip,
        "rare" => SampleDocuments.With(new Heading(1, "特殊字符"), new Paragraph(Rare), new Table("", null, [new("原文")], [new([Rare])])),
        _ => SampleDocuments.With(),
    };

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
