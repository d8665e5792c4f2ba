using System.Xml.Linq;
using CsCheck;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Documents.Charts;
using Xunit;

namespace LogisticsAdmin.Tests.Documents;

public sealed class ChartTests
{
    private static readonly string[] Months = [.. Enumerable.Range(1, 13).Select(m => $"{m:00}")];

    [Fact]
    public void Scales_have_round_steps_and_hold_all_values()
    {
        Gen.Double[-1e6, 1e6].Array[1, 20].Sample(values =>
        {
            var scale = ChartScale.For(values);
            Assert.True(scale.Low <= Math.Min(0, values.Min()) + scale.Step * 1e-6 && scale.High >= Math.Max(0, values.Max()) - scale.Step * 1e-6);
            Assert.InRange(scale.Ticks().Count(), 2, 8);
            var first = scale.Step / Math.Pow(10, Math.Floor(Math.Log10(scale.Step) + 1e-9));
            Assert.Contains(Math.Round(first, 6), new[] { 1, 2, 2.5, 5 });
        });
        Assert.Equal([0, 1], [ChartScale.For([]).Low, ChartScale.For([]).High]);
        Assert.Equal(0, ChartScale.For([95, 96.3]).Low);
        Assert.True(ChartScale.For([95, 96.3], mayFloat: true).Low > 90);
    }

    [Fact]
    public void Columns_are_as_high_as_their_values_and_a_missing_value_has_none()
    {
        var chart = new Chart(ChartKind.Columns, ["a", "b", "c", "d"], [new("n", [100, 50, null, 0])], "");

        var boxes = Layout(chart).Marks.OfType<ChartBox>().ToList();

        Assert.Equal(2, boxes.Count);
        Assert.Equal(2, boxes[0].Height / boxes[1].Height, 6);
        Assert.Equal(boxes[0].Y + boxes[0].Height, boxes[1].Y + boxes[1].Height, 6);
    }

    [Fact]
    public void A_missing_value_interrupts_a_line_and_is_not_marked()
    {
        var chart = new Chart(ChartKind.Lines, ["a", "b", "c", "d", "e"], [new("n", [1, 2, null, 3, 4], ChartSeriesStyle.Line)], "");

        var marks = Layout(chart).Marks;

        Assert.Equal([2, 2], marks.OfType<ChartStroke>().Where(s => s.Width > 1).Select(s => s.Points.Count));
        Assert.Equal(4, marks.OfType<ChartCircle>().Count());
    }

    [Fact]
    public void A_period_that_has_not_ended_is_hollow()
    {
        var chart = new Chart(
            ChartKind.Columns, ["a", "b", "c"], [new("n", [3, 4, 5]), new("m", [1, 2, 3], ChartSeriesStyle.Line)], "", LastIsPartial: true);

        var marks = Layout(chart).Marks;

        // The first box is that of the legend.
        Assert.Equal([false, false, false, true], marks.OfType<ChartBox>().Select(b => b.IsOpen));
        Assert.Contains(marks.OfType<ChartStroke>(), s => s.IsDashed && s.Points.Count == 2);
    }

    [Theory]
    [InlineData(ChartKind.Columns)]
    [InlineData(ChartKind.StackedColumns)]
    [InlineData(ChartKind.Bars)]
    public void Series_differ_without_colours(ChartKind kind)
    {
        var names = Enumerable.Range(1, 6).Select(i => $"s{i}").ToArray();
        var chart = new Chart(kind, ["a"], [.. names.Select(n => new ChartSeries(n, [10]))], "");

        var marks = Layout(chart, 441).Marks.ToList();

        HashSet<string> looks = [];
        foreach (var box in marks.OfType<ChartBox>().Take(6))
        {
            var lines = marks.Skip(marks.IndexOf(box) + 1)
                .TakeWhile(m => m is ChartStroke { Points.Count: 2, Tone: ChartTone.Dark }).Cast<ChartStroke>();
            looks.Add($"{box.Fill}{string.Concat(lines.Select(l => l.Points[1].Y < l.Points[0].Y ? "/" : "\\").Distinct())}");
        }
        Assert.Equal(6, looks.Count);
    }

    [Fact]
    public void Lines_have_markers_of_their_own()
    {
        var series = Enumerable.Range(0, 3).Select(i => new ChartSeries($"s{i}", [i, i + 1], ChartSeriesStyle.Line));
        var chart = new Chart(ChartKind.Lines, ["a", "b"], [.. series], "");

        var marks = Layout(chart).Marks;

        Assert.Equal(3, marks.OfType<ChartCircle>().Count());
        Assert.Equal([4, 4, 4, 3, 3, 3], marks.OfType<ChartShape>().Select(s => s.Corners.Count).OrderDescending());
    }

    [Fact]
    public void Everything_is_inside_and_no_text_covers_another()
    {
        var value = Gen.OneOf(Gen.Double[0, 2000].Select(v => (double?)Math.Round(v, 1)), Gen.Const((double?)null));
        Gen.Select(Gen.Enum<ChartKind>(), value.Array[13], value.Array[13], Gen.Bool).Sample((kind, first, second, partial) =>
        {
            var chart = new Chart(kind, Months, [new("first", first), new("second", second, ChartSeriesStyle.Line)], "件", partial);
            var layout = Layout(chart, 441);
            foreach (var box in layout.Marks.OfType<ChartBox>())
                Assert.True(box.X >= 0 && box.X + box.Width <= layout.Width + 0.01 && box.Y >= 0 && box.Y + box.Height <= layout.Height + 0.01);
            var texts = layout.Marks.OfType<ChartText>().Select(t => (t, Left: LeftOf(t), Right: LeftOf(t) + Width(t.Text, t.Size, t.IsBold))).ToList();
            for (var i = 0; i < texts.Count; i++)
            {
                Assert.True(texts[i].Left >= -0.5 && texts[i].Right <= layout.Width + 0.5 && texts[i].t.Y <= layout.Height, $"{texts[i].t}");
                for (var k = i + 1; k < texts.Count; k++)
                {
                    var (a, b) = (texts[i], texts[k]);
                    Assert.False(Math.Abs(a.t.Y - b.t.Y) < 5 && a.Left < b.Right - 0.5 && b.Left < a.Right - 0.5, $"{a.t} and {b.t}");
                }
            }
        });

        static double LeftOf(ChartText text) => text.X - text.Anchor switch
        {
            ChartAnchor.Start => 0,
            ChartAnchor.Middle => Width(text.Text, text.Size, text.IsBold) / 2,
            _ => Width(text.Text, text.Size, text.IsBold),
        };
    }

    [Fact]
    public void A_chart_of_nothing_is_drawn_all_the_same()
    {
        foreach (var kind in Enum.GetValues<ChartKind>())
        {
            Assert.True(Layout(new Chart(kind, [], [], "")).Height > 0);
            Assert.True(Layout(new Chart(kind, ["a"], [new("n", [null])], "")).Height > 0);
            Assert.True(Layout(new Chart(kind, ["a", "b"], [new("n", [double.NaN])], "")).Height > 0);
        }
    }

    [Fact]
    public void The_svg_of_a_page_takes_its_colours_from_the_page_and_that_of_paper_has_its_own()
    {
        var chart = SampleDocuments.Columns("受理 <a> & \"b\"", "办结", "件");

        var (page, paper) = (ChartSvg.ForPage(chart, "近13个月 <受理>"), ChartSvg.ForPaper(chart, "t", 441));

        var svg = XDocument.Parse(page).Root!;
        Assert.Equal("img", svg.Attribute("role")!.Value);
        Assert.Equal("近13个月 <受理>", svg.Elements().First().Value);
        Assert.Contains(svg.Descendants(), e => e.Value == "受理 <a> & \"b\"");
        Assert.All(svg.Descendants().Attributes("fill"), a => Assert.Matches(@"^none$|^var\(--chart-\w+, #\w+\)$", a.Value));
        Assert.DoesNotContain("style=", page, StringComparison.Ordinal);
        Assert.DoesNotContain("var(", XDocument.Parse(paper).ToString(), StringComparison.Ordinal);
    }

    private static ChartLayout Layout(Chart chart, double width = 400) => ChartLayout.Of(chart, width, null, Width);

    private static double Width(string text, double size, bool bold) => text.Sum(c => c < 0x2000 ? 0.55 : 1) * size;
}
