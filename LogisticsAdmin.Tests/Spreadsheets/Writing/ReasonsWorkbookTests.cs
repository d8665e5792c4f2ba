using System.Globalization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Spreadsheets.Writing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets.Writing;

public sealed class ReasonsWorkbookTests
{
    private static readonly SheetTable Table = new("学生名单", 3,
    [
        Row(1, Text("2026 级名单"), Text("2026 级名单"), Text("2026 级名单")),
        Row(3, Text("学号"), Text("姓名"), Text("入住日期")),
        Row(4, new Cell(CellKind.Number, "000123", 123), Text("王小雨"), new Cell(CellKind.Date, "2026/9/1", 46266)),
        Row(5, Text("=1+1"), Text("王小雨")),
        Row(8, Text("007"), Text("李雷"), new Cell(CellKind.Error, "#N/A")),
    ], [], CountsFrom1904: false);

    private static readonly Dictionary<int, string> Reasons = new() { [5] = "学号格式不对；缺少入住日期", [8] = "入住日期不是日期" };

    [Fact]
    public async Task All_rows_keep_their_position_and_get_their_reasons()
    {
        var file = await WriteAsync(onlyRejected: false);

        Assert.Empty(file.SchemaErrors);
        Assert.Equal("学生名单", file.Sheets[0].Name);
        Assert.Equal(["1", "3", "4", "5", "8"], FilledRows(file));
        Assert.Equal(["2026 级名单", null, null, null], file.Rows[0]);
        Assert.Equal(["学号", "姓名", "入住日期", "错误说明"], file.Rows[2]);
        Assert.Equal(["000123", "王小雨", new DateTime(2026, 9, 1), null], file.Rows[3]);
        Assert.Equal(["=1+1", "王小雨", null, "学号格式不对；缺少入住日期"], file.Rows[4]);
        Assert.Equal(["007", "李雷", "#N/A", "入住日期不是日期"], file.Rows[7]);
        Assert.Equal("A3:D8", (string?)Assert.Single(ReadBack.All(file.Sheet(), "autoFilter")).Attribute("ref"));
        Assert.Equal("FFC00000", (string?)ReadBack.All(file.FontOf("D5"), "color").Single().Attribute("rgb"));
        Assert.All(ReadBack.All(file.Sheet(), "c").Where(c => c.HasElements && (string?)c.Attribute("r") != "C4"),
            c => Assert.Equal("inlineStr", (string?)c.Attribute("t")));
        Assert.Equal("49", file.FormatOf("A4"));
    }

    [Fact]
    public async Task Only_the_rejected_ones_follow_each_other_under_the_header()
    {
        var file = await WriteAsync(onlyRejected: true);
        Assert.Equal(["1", "3", "4", "5"], FilledRows(file));
        Assert.Equal(["=1+1", "007"], file.Rows.Skip(3).Select(r => r[0]));
    }

    [Fact]
    public async Task A_second_round_replaces_the_reasons_of_the_first()
    {
        var reasons = new Dictionary<int, string> { [3] = "Why it was refused", [4] = "was wrong" };
        var rows = Table.Rows.Select(r => reasons.TryGetValue(r.Number, out var reason) ? r with { Cells = [.. r.Cells, Text(reason)] } : r);
        var again = Table with { Columns = 4, Rows = [.. rows] };
        var file = await WriteAsync(onlyRejected: false, again);
        Assert.Equal(["学号", "姓名", "入住日期", "错误说明"], file.Rows[2]);
        Assert.Equal(["000123", "王小雨", new DateTime(2026, 9, 1), null], file.Rows[3]);
    }

    [Fact]
    public async Task A_row_at_the_end_of_the_sheet_does_not_make_a_million_rows()
    {
        var table = Table with { Rows = [.. Table.Rows, Row(1_048_576, Text("999"), Text("赵六"))] };
        var file = await WriteAsync(onlyRejected: false, table);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], FilledRows(file));
        Assert.Equal(["999", "赵六", null, null], file.Rows[5]);
    }

    [Fact]
    public async Task Fifty_thousand_rows_are_all_written()
    {
        var rows = Enumerable.Range(2, 50_000).Select(n => Row(n, [.. Enumerable.Range(0, 10).Select(c => Text($"第 {n} 行第 {c} 列"))]))
            .Prepend(Row(1, [.. Enumerable.Range(0, 10).Select(c => Text($"列{c}"))]));
        var table = Table with { Columns = 10, Rows = [.. rows] };
        using var to = new MemoryStream();
        await ReasonsWorkbook.WriteAsync(to, table, header: 0, Reasons, onlyRejected: false, TestContext.Current.CancellationToken);
        using var reader = ExcelDataReader.ExcelReaderFactory.CreateOpenXmlReader(to);
        Assert.Equal(50_001, reader.RowCount);
    }

    /// <summary>Numbers of the rows that are not empty; the empty rows between them are written, too.</summary>
    private static IEnumerable<string?> FilledRows(ReadBack file) =>
        ReadBack.All(file.Sheet(), "row").Where(r => r.Elements().Any(c => c.HasElements)).Select(r => (string?)r.Attribute("r"));

    private static SheetRow Row(int number, params Cell[] cells) => new(number, cells, IsHidden: false);

    private static Cell Text(string text) => new(CellKind.Text, text);

    private static async Task<ReadBack> WriteAsync(bool onlyRejected, SheetTable? table = null)
    {
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        using var to = new MemoryStream();
        await ReasonsWorkbook.WriteAsync(to, table ?? Table, header: 1, Reasons, onlyRejected, TestContext.Current.CancellationToken);
        return new ReadBack(to.ToArray());
    }
}
