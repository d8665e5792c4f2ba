using LogisticsAdmin.Features.News.Writing;
using Xunit;

namespace LogisticsAdmin.Tests.News;

public sealed class TextDiffTests
{
    [Fact]
    public void Changed_lines_show_the_words_that_differ()
    {
        var rows = TextDiff.Compare("明天停水。\n请储水。\nWater returns at 14:00.", "明天停电。\n请储水。\n新的一行\nWater returns at 16:00.");

        Assert.Equal([DiffKind.Changed, DiffKind.Same, DiffKind.Changed, DiffKind.Added], rows.Select(r => r.Kind));
        Assert.Equal("水", Assert.Single(rows[0].Before, p => p.IsChanged).Text);
        Assert.Equal("电", Assert.Single(rows[0].After, p => p.IsChanged).Text);
    }

    [Fact]
    public void Both_sides_can_be_put_together_again_from_any_two_texts()
    {
        var random = new Random(7);
        string[] lines = ["", "一", "二二", "three words here", "😀 a", "# 标题", "- a\u0301b"];
        for (var n = 0; n < 300; n++)
        {
            var (before, after) = (Text(), Text());
            var rows = TextDiff.Compare(before, after);
            Assert.Equal(before, Side(rows, r => r.Before, DiffKind.Added));
            Assert.Equal(after, Side(rows, r => r.After, DiffKind.Removed));
        }

        string Text() => string.Join('\n', Enumerable.Range(0, random.Next(1, 8)).Select(_ => lines[random.Next(lines.Length)]));

        static string Side(IEnumerable<DiffRow> rows, Func<DiffRow, IReadOnlyList<DiffPart>> side, DiffKind without) =>
            string.Join('\n', rows.Where(r => r.Kind != without).Select(r => string.Concat(side(r).Select(p => p.Text))));
    }

    [Fact]
    public void Long_texts_that_share_nothing_are_compared_at_once()
    {
        var before = string.Join('\n', Enumerable.Range(0, 20_000).Select(n => $"a{n}"));
        var after = string.Join('\n', Enumerable.Range(0, 20_000).Select(n => $"b{n}"));
        Assert.Equal(20_000, TextDiff.Compare(before, after).Count);
    }
}
