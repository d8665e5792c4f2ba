using System.Text;
using CsCheck;
using CsvHelper;
using LogisticsAdmin.Spreadsheets.Writing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets.Writing;

public sealed class CsvExportTests
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private sealed record Line(string? Text, int? Whole = null, decimal? Amount = null, DateOnly? Day = null, DateTimeOffset? Moment = null);

    private static readonly ExportColumn<Line>[] Columns =
    [
        new("编号", l => l.Text),
        new("数量", l => l.Whole, ColumnFormat.Whole),
        new("金额", l => l.Amount, ColumnFormat.Amount),
        new("日期", l => l.Day, ColumnFormat.Day),
        new("时间", l => l.Moment, ColumnFormat.Moment),
    ];

    [Fact]
    public async Task It_begins_with_a_byte_order_mark_and_holds_iso_dates()
    {
        var file = await ReadBack.ExportAsync([new Line("竹园，3号楼", -12, 1234.5m, new DateOnly(2026, 11, 22),
            new DateTimeOffset(2026, 11, 22, 17, 5, 42, TimeSpan.Zero)), new Line(null)], ExportFormat.Csv, Columns);

        Assert.Equal(Encoding.UTF8.Preamble, file.AsSpan(0, 3));
        Assert.Equal("编号,数量,金额,日期,时间\r\n竹园，3号楼,-12,1234.50,2026-11-22,2026-11-23 01:05\r\n,,,,\r\n", Strict.GetString(file.AsSpan(3)));
    }

    [Theory]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("说\"好\"", "\"说\"\"好\"\"\"")]
    [InlineData("两\r\n行", "\"两\r\n行\"")]
    [InlineData(" x ", "\" x \"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("", "")]
    public async Task Fields_are_quoted_as_RFC_4180_says(string text, string field) => Assert.Equal(field, await FieldAsync(text));

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+8613800000000", "'+8613800000000")]
    [InlineData("-2+3", "'-2+3")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("＝1＋1", "'＝1＋1")]
    [InlineData("＋1", "'＋1")]
    [InlineData("－1", "'－1")]
    [InlineData("＠x", "'＠x")]
    [InlineData("\tx", "\"'\tx\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("\u0000=1", "'=1")]
    [InlineData(" =1", "\"' =1\"")]
    [InlineData("\u3000=1", "'\u3000=1")]
    [InlineData("=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"")]
    [InlineData("3-1", "3-1")]
    public async Task No_text_starts_a_formula(string text, string field) => Assert.Equal(field, await FieldAsync(text));

    [Fact]
    public async Task Half_characters_and_control_characters_do_not_break_the_file() =>
        Assert.Equal("半\uFFFD个ab", await FieldAsync("半\uD800个a\u0001b"));

    [Fact]
    public Task Any_text_comes_through() => Gen.String.SampleAsync(async text =>
    {
        var file = await ReadBack.ExportAsync([new Line("x" + text, 1)], ExportFormat.Csv, Columns);
        using var csv = CsvReader.Create(new StringReader(Strict.GetString(file.AsSpan(3))), new CsvReaderOptions { Separator = ',' });
        await csv.ReadHeaderAsync();
        Assert.True(await csv.ReadAsync());
        string[] fields = ["x" + Printable(text), "1", "", "", ""];
        Assert.Equal(fields, csv.Current.ToArray());
        Assert.False(await csv.ReadAsync());
    }, iter: 300, threads: 1);

    private static async Task<string> FieldAsync(string text)
    {
        var file = Strict.GetString((await ReadBack.ExportAsync([new Line(text)], ExportFormat.Csv, Columns)).AsSpan(3));
        return file["编号,数量,金额,日期,时间\r\n".Length..^",,,,\r\n".Length];
    }

    private static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
            if (rune.Value is '\t' or '\n' or '\r' or (>= ' ' and not (0xFFFE or 0xFFFF))) printable.Append(rune);
        return printable.ToString();
    }
}
