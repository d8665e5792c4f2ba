using System.Text;
using LogisticsAdmin.Spreadsheets.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>CSV files as written by other programs and by localised versions of Excel.</summary>
public sealed class CsvFileTests
{
    private const string Chinese = "姓名,电话\r\n王小雨,13800138000\r\n";

    public static TheoryData<string> Encodings => ["utf-8", "utf-8 marked", "utf-16 marked", "utf-16be marked", "utf-16", "utf-16be", "gbk", "gb18030"];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Chinese_is_read_in_any_encoding_that_offices_use(string name)
    {
        Encoding encoding = name.Split(' ')[0] switch
        {
            "utf-8" => new UTF8Encoding(false),
            "utf-16" => new UnicodeEncoding(false, true),
            "utf-16be" => new UnicodeEncoding(true, true),
            var other => CodePagesEncodingProvider.Instance.GetEncoding(other)!,
        };
        byte[] mark = name.EndsWith("marked", StringComparison.Ordinal) ? encoding is UTF8Encoding ? [0xEF, 0xBB, 0xBF] : encoding.GetPreamble() : [];
        var rare = name == "gbk" ? "" : "𠮷";
        var table = Workbooks.Csv([.. mark, .. encoding.GetBytes(Chinese + rare)]);
        Assert.Equal(["1: 姓名|电话", "2: 王小雨|13800138000", .. rare.Length > 0 ? ["3: 𠮷"] : Array.Empty<string>()], table.AsText());
        Assert.All(table.Rows.SelectMany(r => r.Cells), c => Assert.Equal(CellKind.Text, c.Kind));
    }

    [Theory]
    [InlineData("学号,姓名,专业\r\n30001,开一,一\r\n")]
    [InlineData("一,开,最\n一,一,一\n一,开,最\n")]
    [InlineData("一\u3000开\n一\u3000最\n")]
    public void UTF_16_without_a_mark_is_read_in_both_byte_orders_also_when_characters_have_a_zero_byte_of_their_own(string text)
    {
        var expected = Workbooks.Csv(text).AsText();
        Assert.Equal(expected, Workbooks.Csv(new UnicodeEncoding(bigEndian: false, byteOrderMark: false).GetBytes(text)).AsText());
        Assert.Equal(expected, Workbooks.Csv(new UnicodeEncoding(bigEndian: true, byteOrderMark: false).GetBytes(text)).AsText());
    }

    [Theory]
    [InlineData("姓名,性别\r\n李明明,女生\r\n\u001A")]
    [InlineData("姓名,性别\r\n李明明,女生\u001A")]
    [InlineData("姓名,性别\r\n李明明,女生\r\n\u001A\u001A")]
    public void A_control_Z_at_the_end_is_ignored(string text)
    {
        Assert.Equal(["1: 姓名|性别", "2: 李明明|女生"], Workbooks.Csv(text).AsText());
        var gbk = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(text);
        Assert.Equal(["1: 姓名|性别", "2: 李明明|女生"], Workbooks.Csv(gbk).AsText());
    }

    [Theory]
    [InlineData("a, \"b\", \"c \"\"d\"\"\"", "a|b|c \"d\"", false)]
    [InlineData("a, \"b, c\"", "a| \"b| c\"", true)]
    [InlineData("a, 5\" 管,x", "a| 5\" 管|x", false)]
    public void A_quote_after_a_space_is_read_as_meant_or_marked(string line, string read, bool isOpen)
    {
        var row = Assert.Single(Workbooks.Csv(line + "\n").Rows);
        Assert.Equal((read, isOpen), (string.Join('|', row.Cells.Select(c => c.Text)), row.Record!.Value.HasOpenQuote));
    }

    [Fact]
    public void A_character_that_lies_across_two_blocks_is_one_character()
    {
        var text = new string('a', 32_000) + "\n" + new string('b', 32_000) + "\n" + string.Concat(Enumerable.Repeat("楼\n", 3000));
        foreach (var pad in new[] { "", "x", "xx" })
            Assert.Equal(3002, Workbooks.Csv(pad + text).Rows.Count(r => r[0].Text is "楼" or { Length: >= 32_000 }));
    }

    [Theory]
    [InlineData("a,b;c\n1,2;3\n", "a|b;c")]
    [InlineData("a;b;c,d\n1;2;3\n", "a|b|c,d")]
    [InlineData("a\tb,c\n1\t2\n", "a|b,c")]
    [InlineData("\"x,y,z\";b\n1;2\n", "x,y,z|b")]
    [InlineData("a\n1\n", "a")]
    [InlineData("sep=;\na,b,c;d\n", "a,b,c|d")]
    public void The_separator_is_found(string text, string first) => Assert.Equal($"1: {first}", Workbooks.Csv(text).AsText().First());

    [Fact]
    public void Rows_have_the_numbers_Excel_would_show()
    {
        var table = Workbooks.Csv("a,b\n\n\"two\nlines\",x\n , \n,\nlast");
        Assert.Equal(["1: a|b", "3: two\nlines|x", "6: last"], table.AsText());
    }

    [Theory]
    [InlineData("a,b\n\"never closed,1\n2,3\n", 2L)]
    [InlineData("a,b\n1,2\n\"5寸,1\n2,\"x\"y\n3,4\n", 3L)]
    public void A_quote_that_would_swallow_rows_is_refused_with_its_line(string text, long line)
    {
        var refusal = Assert.Throws<LogisticsAdmin.Shared.Rejected>(() => Workbooks.Csv(text));
        Assert.Equal("QuoteOpen", refusal.Code);
        Assert.Equal([line], refusal.Args);
    }

    [Fact]
    public void A_quote_that_swallows_a_large_file_is_found_before_the_file_is_in_memory()
    {
        var bytes = Encoding.UTF8.GetBytes("a,b\n\"1,2\n" + string.Concat(Enumerable.Repeat("1,2,3\n", 2_000_000)));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var refusal = Assert.Throws<LogisticsAdmin.Shared.Rejected>(() => Workbooks.Csv(bytes));
        Assert.Equal("QuoteOpen", refusal.Code);
        Assert.Equal([2L], refusal.Args);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * SheetLimits.Mebi);
    }

    [Fact]
    public void Quotes_that_swallow_nothing_are_kept_as_they_are_meant()
    {
        Assert.Equal(["1: 5\" 管|abc|x \"y\""], Workbooks.Csv("5\" 管,\"ab\"c,\"x \"\"y\"\"\"\n").AsText());
        Assert.Equal(["1: 00123|=1+1"], Workbooks.Csv("=\"00123\",=1+1\n").AsText());
    }

    [Fact]
    public void The_sheet_is_called_like_the_file()
    {
        using var stream = new MemoryStream("a"u8.ToArray());
        Assert.Equal("2026级", Workbooks.Read(stream, "2026级.xls").Name);
    }
}
