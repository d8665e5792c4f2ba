using System.IO.Compression;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets.Writing;

public sealed class TemplateWorkbookTests
{
    private static readonly LocalName Name = new("人员", "People");

    private static readonly ImportColumn[] Columns =
    [
        new("number", new LocalName("学号", "Number"), CellUse.Code, Required: true)
        {
            Hint = new LocalName("学号或工号，按证件填写", "Student or staff number, as on the card"),
            Example = new LocalName("000123202611220001", "000123202611220001"),
        },
        new("name", new LocalName("姓名", "Name"), CellUse.Text, Required: true) { Example = new LocalName("=王小雨", "=Wang Xiaoyu") },
        new("phone", new LocalName("手机号", "Phone"), CellUse.Phone),
        new("day", new LocalName("入住日期", "Moved in"), CellUse.Day) { Example = new LocalName("2026-09-01", "2026-09-01") },
        new("fee", new LocalName("押金", "Deposit"), CellUse.Amount),
        new("role", new LocalName("角色", "Role"), CellUse.Choices)
        {
            Choices = [new("Resident", new LocalName("学生", "Resident")), new("Technician", new LocalName("维修师傅", "Technician"))],
        },
        new("building", new LocalName("楼栋", "Building"), CellUse.Choice)
        {
            Choices = [.. Enumerable.Range(1, 60).Select(n => new ImportChoice($"{n}", new LocalName($"竹园{n}号楼, 东", $"Bamboo Court {n}, east")))],
        },
    ];

    [Theory]
    [InlineData(Languages.Chinese, "人员", "填写示例", "学号*,姓名*,手机号,入住日期,押金,角色,楼栋", "竹园1号楼, 东")]
    [InlineData(Languages.English, "People", "Example", "Number*,Name*,Phone,Moved in,Deposit,Role,Building", "Bamboo Court 1, east")]
    public void The_template_is_in_one_language_and_its_first_sheet_is_empty(string language, string name, string example, string titles, string choice)
    {
        var file = Write(language);

        Assert.Empty(file.SchemaErrors);
        Assert.Equal([name, example], file.Sheets.Take(2).Select(s => s.Name));
        Assert.Equal(titles.Split(','), file.Sheets[0].Rows[0]);
        Assert.All(file.Sheets[0].Rows.Skip(1).SelectMany(r => r), Assert.Null);
        Assert.Equal(titles.Split(','), file.Sheets[1].Rows[0]);
        Assert.Equal("000123202611220001", file.Sheets[1].Rows[1][0]);
        Assert.Equal(choice, file.Sheets[2].Rows[0][6]);
        Assert.Equal("veryHidden", (string?)ReadBack.All(file.Part("xl/workbook.xml"), "sheet").Last().Attribute("state"));
    }

    [Fact]
    public void Numbers_that_name_somebody_stay_text_and_days_are_days()
    {
        var file = Write(Languages.Chinese);
        var formats = ReadBack.All(file.Part("xl/styles.xml"), "numFmt")
            .ToDictionary(f => (int)f.Attribute("numFmtId")!, f => (string)f.Attribute("formatCode")!);
        var styles = ReadBack.All(file.Part("xl/styles.xml"), "cellXfs").Single().Elements().Select(x => (int)x.Attribute("numFmtId")!).ToList();
        var columns = ReadBack.All(file.Sheet(), "col").Select(c => styles[(int)c.Attribute("style")!])
            .Select(n => n == 49 ? "@" : formats.GetValueOrDefault(n, $"{n}")).ToList();

        Assert.Equal(["@", "@", "@", "yyyy-mm-dd", "2", "@", "@"], [.. columns.Select(f => f == "0.00" ? "2" : f)]);
        Assert.All(file.Widths(), w => Assert.InRange(w, 6, 61));
        Assert.StartsWith("frozen", (string?)Assert.Single(ReadBack.All(file.Sheet(), "pane")).Attribute("state"), StringComparison.Ordinal);
        Assert.Empty(ReadBack.All(file.Sheet(2), "f"));
    }

    [Fact]
    public void Choices_are_drop_downs_and_hints_are_comments()
    {
        var bytes = Bytes(Languages.Chinese);
        var rules = ReadBack.All(new ReadBack(bytes).Sheet(), "dataValidation").ToList();

        Assert.Equal(["\"学生,维修师傅\"", "选项!$G$1:$G$60"], rules.Select(r => ReadBack.All(r, "formula1").Single()
            .Value.Replace("'", "", StringComparison.Ordinal)));
        Assert.Equal(["F2:F1048576", "G2:G1048576"], rules.Select(r => (string?)r.Attribute("sqref")));
        // Several roles in one cell match no entry of the list.
        Assert.NotEqual("1", (string?)rules[0].Attribute("showErrorMessage"));
        Assert.Equal("1", (string?)rules[1].Attribute("showErrorMessage"));
        using var zip = new ZipArchive(new MemoryStream(bytes));
        using var comments = new StreamReader(zip.Entries.First(e => e.FullName.Contains("comments", StringComparison.Ordinal)
            && e.FullName.EndsWith(".xml", StringComparison.Ordinal) && Holds(e, "按证件填写")).Open());
        Assert.Contains("必填。 学号或工号，按证件填写", comments.ReadToEnd(), StringComparison.Ordinal);
    }

    private static bool Holds(ZipArchiveEntry entry, string text)
    {
        using var reader = new StreamReader(entry.Open());
        return reader.ReadToEnd().Contains(text, StringComparison.Ordinal);
    }

    private static ReadBack Write(string language) => new(Bytes(language));

    private static byte[] Bytes(string language)
    {
        using var to = new MemoryStream();
        TemplateWorkbook.Write(to, Name, Columns, language);
        return to.ToArray();
    }
}
