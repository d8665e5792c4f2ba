using CsCheck;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Documents.Layout;
using Xunit;

namespace LogisticsAdmin.Tests.Documents;

/// <summary>Where things go on pages, without a file.</summary>
public sealed class PageLayoutTests
{
    private const string Long60 = "国际教育交流与后勤保障综合服务中心学生公寓管理科第二维修班组及其外包合作单位联合值班室（含夜间抢修与节假日应急）电话预约登记处";

    [Fact]
    public void A_header_or_a_total_is_never_alone_wherever_a_table_begins()
    {
        Gen.Select(Gen.Int[1, 80], Gen.Int[0, 45], Gen.Bool, Gen.Int[0, 70]).Sample(
            (rows, lines, hasTotal, high) =>
            {
                var table = new Table("表", null, [new("HEAD"), new("值")], [.. Rows(rows, high), .. hasTotal ? (TableRow[])[Total] : []]);
                var recorder = PageRecorder.Of(SampleDocuments.With(Lines(lines), new Heading(1, "标题"), table));
                for (var page = 0; page < recorder.Pages.Count; page++)
                {
                    var text = string.Concat(recorder.Pages[page].Select(d => d.Text));
                    var cells = recorder.TextOf(page);
                    if (text.Contains("HEAD", StringComparison.Ordinal)) Assert.Contains("@", cells, StringComparison.Ordinal);
                    if (cells.Contains("TOTAL", StringComparison.Ordinal)) Assert.Contains("@", cells, StringComparison.Ordinal);
                    if (cells.Contains('@')) Assert.Contains("HEAD", text, StringComparison.Ordinal);
                    if (cells.Contains("标题", StringComparison.Ordinal)) Assert.Contains("HEAD", text, StringComparison.Ordinal);
                }
                for (var row = 0; row < rows; row++) Assert.Contains($"row{row}.", recorder.Text, StringComparison.Ordinal);
                recorder.DemandInsideThePage();
            },
            iter: 300);
    }

    [Fact]
    public void A_heading_is_never_last_on_its_page()
    {
        for (var lines = 0; lines < 45; lines++)
        {
            var chart = new ChartBlock("图", null, SampleDocuments.Stacked(["a", "b", "c"]), "图");
            foreach (var next in (Block[])[new Paragraph("正文"), chart, new SignatureBlock(["制表"])])
            {
                var recorder = PageRecorder.Of(SampleDocuments.With(Lines(lines), new Heading(1, "HEADING"), new Heading(2, "BELOW"), next));
                var page = recorder.Pages.Single(p => p.Any(d => d.Text == "HEADING"));
                Assert.Contains(page, d => d.Text == "BELOW");
                Assert.NotEqual("BELOW", page.Last(d => d.Tag != ElementTag.Furniture).Text);
            }
        }
    }

    [Fact]
    public void Signatures_are_never_without_the_end_of_what_they_stand_below()
    {
        var tile = new Tile("标", "1", "件", null, []);
        Block[] ends =
        [
            .. Enumerable.Range(1, 5).Select(Lines), new Paragraph("注", ParagraphKind.Note), new CodeBlock("x", ["码"]),
            new Table("表", null, [new("HEAD"), new("值")], [.. Rows(5, 1)]), new Table("表", null, [new("HEAD"), new("值")], [.. Rows(40, 3), Total]),
            new Table("表", null, [new("HEAD")], []), new ChartBlock("图", null, SampleDocuments.Stacked(["a", "b", "c"]), "图"),
            new TileGrid("标", null, [.. Enumerable.Repeat(tile, 8)]),
        ];
        foreach (var end in ends)
        {
            for (var lines = 0; lines < 45; lines++)
            {
                var recorder = PageRecorder.Of(SampleDocuments.With(Lines(lines), end, new SignatureBlock(["SIGNED"])));
                var page = recorder.Pages.Single(p => p.Any(d => d.Text == "SIGNED"));
                var above = page.TakeWhile(d => d.Text != "SIGNED").Where(d => d.Tag != ElementTag.Furniture).ToList();
                Assert.True(above.Count > 0, $"{end} after {lines} lines");
                if (end is Paragraph { Text: "行\n行" }) Assert.True(above.Count > 1, $"two lines after {lines} lines");
                recorder.DemandInsideThePage();
            }
        }
    }

    [Fact]
    public void Key_figures_are_on_one_page_if_it_can_hold_them_and_a_few_lines_are_not_divided()
    {
        TileLine[] details = [new("上月", "1"), new("上年", "2")];
        var tiles = Enumerable.Range(1, 40).Select(i => new Tile($"T{i}.", $"{i}", "件", null, details)).ToList();
        for (var lines = 0; lines < 45; lines++)
        {
            var one = PageRecorder.Of(SampleDocuments.With(Lines(lines), new TileGrid("标", null, [.. tiles.Take(20)]), new Paragraph("A\nB\nC")));
            Assert.Single(one.Pages, p => p.Any(d => d.Text.StartsWith('T')));
            Assert.Single(one.Pages, p => p.Any(d => d.Text is "A" or "B" or "C"));
            var more = PageRecorder.Of(SampleDocuments.With(Lines(lines), new TileGrid("标", null, tiles)));
            Assert.All(tiles, t => Assert.Contains(t.Label, more.Text, StringComparison.Ordinal));
            one.DemandInsideThePage();
            more.DemandInsideThePage();
        }
    }

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public void Long_names_overlap_nothing(string language)
    {
        var name = language == "en" ? string.Concat(Enumerable.Repeat("Supercalifragilisticexpialidocious ", 2)).Trim() : Long60;
        var unbroken = new string('W', 60);
        var document = SampleDocuments.With(
            new Heading(1, name),
            new Paragraph(unbroken),
            new TileGrid(
                name, name,
                [new(name, "1,234,567,890.12", name, name, [new(name, unbroken)]), new("短", "1", "件", null, []), new(unbroken, unbroken, "", null, [])]),
            new Table(
                name, name, [new(name), new(unbroken, Align.Right), new("短", Align.Center)],
                [new([name, unbroken, "1"]), new([unbroken, name, "2"], IsTotal: true)]),
            new ChartBlock(name, null, SampleDocuments.Bars([name, unbroken, "短"], name), name),
            new ChartBlock(name, null, SampleDocuments.Columns(name, unbroken, name), name),
            new SignatureBlock([name, unbroken, "签发"]),
            new CodeBlock("x", [name, unbroken])) with
        {
            Title = name,
            Office = name,
            Number = name,
            Subtitle = name,
            RunningHead = name,
            Language = language,
            WithContents = true,
        };

        PageRecorder.Of(document).DemandNothingOverlaps();
    }

    [Fact]
    public void Nothing_overlaps_in_the_samples()
    {
        Document[] all = [SampleDocuments.ChineseReport, SampleDocuments.EnglishReport, SampleDocuments.DispatchSlip, SampleDocuments.LongReport];
        foreach (var document in all) PageRecorder.Of(document).DemandNothingOverlaps();
    }

    [Fact]
    public void A_row_that_is_higher_than_a_page_is_divided_and_its_total_is_not_alone()
    {
        foreach (var length in new[] { 900, 2000, 2600, 3300, 5000, 9000 })
        {
            var text = string.Concat(Enumerable.Range(0, length).Select(i => (char)('一' + i % 400)));
            var recorder = PageRecorder.Of(SampleDocuments.With(
                new Table("表", null, [new("HEAD"), new("值", Weight: 2)], [new(["x", text]), new(["TOTAL", ""], IsTotal: true)])));

            Assert.Equal(length, recorder.Text.Count(c => c is >= '一' and < (char)('一' + 400)) - CountOutside(recorder));
            var last = recorder.Pages[^1].Where(d => d.Tag == ElementTag.DataCell).ToList();
            Assert.Contains(last, d => d.Text == "TOTAL");
            Assert.True(last.Count > 1, $"{length}: the total is alone");
            recorder.DemandInsideThePage();
        }

        static int CountOutside(PageRecorder recorder) =>
            recorder.Pages.SelectMany(p => p).Where(d => d.Tag is not (ElementTag.DataCell or ElementTag.Furniture))
                .Sum(d => d.Text.Count(c => c is >= '一' and < (char)('一' + 400)));
    }

    [Fact]
    public void A_table_without_rows_has_its_header_and_a_document_without_blocks_has_its_title()
    {
        Assert.Contains("HEAD", PageRecorder.Of(SampleDocuments.With(new Table("表", null, [new("HEAD")], []))).Text, StringComparison.Ordinal);
        Assert.Single(PageRecorder.Of(SampleDocuments.With()).Pages);
        Assert.Single(PageRecorder.Of(SampleDocuments.With(new Paragraph(""), new TileGrid("", null, []), new SignatureBlock([]))).Pages);
    }

    [Fact]
    public void A_page_break_begins_one_page_and_none_where_a_page_begins_anyway()
    {
        var slip = SampleDocuments.DispatchSlip;
        Assert.Equal(2, PageRecorder.Of(slip with { Blocks = [new Paragraph("a"), new PageBreak(), new PageBreak(), new Paragraph("b")] }).Pages.Count);
        Assert.Single(PageRecorder.Of(slip with { Blocks = [new PageBreak(), new Paragraph("b")] }).Pages);
    }

    [Fact]
    public void Bars_that_no_page_can_hold_go_on_on_the_next()
    {
        var names = Enumerable.Range(1, 120).Select(i => $"楼{i}号").ToArray();

        var recorder = PageRecorder.Of(SampleDocuments.With(new ChartBlock("图", null, SampleDocuments.Bars(names, "件"), "图")));

        Assert.True(recorder.Pages.Count >= 3);
        Assert.All(names, name => Assert.Contains(name, recorder.Text, StringComparison.Ordinal));
        recorder.DemandInsideThePage();
    }

    private static TableRow Total => new(["TOTAL", "1"], IsTotal: true);

    private static Paragraph Lines(int count) => new(string.Join('\n', Enumerable.Repeat("行", count)));

    // Every seventh row is higher.
    private static IEnumerable<TableRow> Rows(int count, int high) =>
        Enumerable.Range(0, count).Select(i => new TableRow([$"row{i}.@", i % 7 == 3 ? string.Join('\n', Enumerable.Repeat("@", high)) : "1"]));
}
