using CsCheck;
using LogisticsAdmin.Documents.Typesetting;
using Xunit;

namespace LogisticsAdmin.Tests.Documents;

public sealed class LineBreakerTests
{
    private const string NeverFirst = "。，、；：）】」』》〉”’？！";
    private const string NeverLast = "（【「『《〈“‘";

    [Fact]
    public void No_line_begins_or_ends_with_a_wrong_mark_and_nothing_is_lost()
    {
        string[] characters = ["后", "勤", "。", "，", "（", "）", "“", "”", "1", "2", "件", "%", "a", "b", " ", "《", "》", "、", "😀"];
        var character = Gen.Int[0, characters.Length - 1].Select(i => characters[i]);
        Gen.Select(character.Array[1, 120], Gen.Double[80, 441]).Sample((chosen, width) =>
        {
            var text = string.Concat(chosen);
            var lines = LineBreaker.Break(text, 10.5, false, width).Select(l => string.Concat(l.Parts.Select(p => p.Text))).ToList();
            Assert.Equal(PdfText.Bare(text), PdfText.Bare(string.Concat(lines)));
            for (var i = 1; i < lines.Count; i++)
            {
                // A word or row of marks that is wider than the line is divided anywhere.
                if (LineBreaker.WidestWord(text, 10.5, false) > width) continue;
                Assert.DoesNotContain(lines[i][0], NeverFirst);
                Assert.DoesNotContain(lines[i - 1][^1], NeverLast);
            }
        });
    }

    [Theory]
    [InlineData("后勤后勤后勤“ 后勤", "“")]
    [InlineData("后勤后勤后勤后 ）勤", " ")]
    public void A_space_beside_a_mark_does_not_let_it_stand_at_the_wrong_end_of_a_line(string text, string last)
    {
        var lines = LineBreaker.Break(text, 10, false, 79).Select(l => string.Concat(l.Parts.Select(p => p.Text))).ToList();

        Assert.Equal(2, lines.Count);
        Assert.False(lines[0].EndsWith(last, StringComparison.Ordinal) || lines[1][0] == '）', string.Join('|', lines));
    }

    [Fact]
    public void Words_and_numbers_with_their_units_stay_whole()
    {
        var broken = LineBreaker.Break("the quick brown fox 今年共办结1,231件，明年计划办结12,000件以上", 10, false, 75);
        var lines = broken.Select(l => string.Concat(l.Parts.Select(p => p.Text))).ToList();

        foreach (var whole in new[] { "quick", "brown", "1,231件", "12,000件" }) Assert.Contains(lines, l => l.Contains(whole, StringComparison.Ordinal));
    }

    [Fact]
    public void A_word_that_no_line_can_hold_is_divided()
    {
        var lines = LineBreaker.Break(new string('x', 200), 10, false, 100);

        Assert.True(lines.Count > 5);
        Assert.All(lines, l => Assert.True(l.Width <= 101));
        Assert.Equal(200, lines.Sum(l => l.Parts.Sum(p => p.Text.Length)));
    }

    [Fact]
    public void Justified_lines_end_at_the_margin_or_stay_as_they_are()
    {
        var lines = LineBreaker.Break(string.Concat(Enumerable.Repeat("本月受理1,284件，办结率96.3%。", 20)), 10.5, false, 441, 21, justify: true);

        Assert.All(lines.Skip(1).SkipLast(1), l => Assert.InRange(l.Width, 441 - 45, 441.2));
        Assert.Contains(lines, l => Math.Abs(l.Width - 441) < 0.01);
    }

    [Fact]
    public void A_run_from_right_to_left_keeps_its_order_of_reading_and_its_numbers()
    {
        var parts = LineBreaker.Line("见 אב 12 ג 后", 10, false).Parts;

        Assert.Equal("见אב12ג后", PdfText.Bare(string.Concat(parts.Select(p => p.Text))));
        double At(string text) => parts.Single(p => p.Text == text).X;
        Assert.True(At("ג") < At("1") && At("1") < At("2") && At("2") < At("ב") && At("ב") < At("א"));
    }

    [Fact]
    public void A_damaged_font_is_none()
    {
        var file = FontLibrary.Regular.ReadAll();

        Assert.NotNull(FontFile.Read(file));
        Assert.Null(FontFile.Read([]));
        Assert.Null(FontFile.Read("no font at all"u8));
        foreach (var length in new[] { 8, 100, 300, 5000 }) Assert.Null(FontFile.Read(file.AsSpan(0, length)));
    }

    [Fact]
    public void A_rare_character_in_bold_is_drawn_with_the_regular_face()
    {
        Assert.Same(FontLibrary.Bold, FontLibrary.Find('后', bold: true));
        Assert.Same(FontLibrary.Regular, FontLibrary.Find('䶮', bold: true));
        Assert.Null(FontLibrary.Find(0xF0000, bold: true));
    }
}
