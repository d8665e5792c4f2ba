using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Finding the header and its columns in lists as offices keep them.</summary>
public sealed class HeaderFinderTests
{
    private static readonly ImportColumn[] People =
    [
        new("name", new LocalName("姓名", "Name"), CellUse.Text, Required: true),
        new("number", new LocalName("学号", "Student number"), CellUse.Code) { Aliases = ["学工号", "学生证号"] },
        new("phone", new LocalName("电话", "Phone"), CellUse.Phone) { Aliases = ["手机", "联系电话", "手机号码"] },
        new("building", new LocalName("楼栋", "Building"), CellUse.Text),
    ];

    [Theory]
    [InlineData("姓名,学号,电话", "name=0 number=1 phone=2")]
    [InlineData("Name,Student Number,Phone", "name=0 number=1 phone=2")]
    [InlineData("电话（必填）,姓　名*,学号：", "name=1 number=2 phone=0")]
    [InlineData("NAME,student_number,Phone No.", "name=0 number=1 phone=2")]
    [InlineData("学生姓名,本人手机号码,所在楼栋", "building=2 name=0 phone=1")]
    [InlineData("手机,电话,姓名", "name=2 phone=1")]
    [InlineData("电话(父亲),电话", "phone=1")]
    [InlineData("username,phonebook,name", "name=2")]
    [InlineData("姓名,紧急联系人的家庭电话", "name=0")]
    [InlineData("姓名,姓名", "name=0")]
    [InlineData("ＮＡＭＥ,楼栋\\n（如竹园3号楼）", "building=1 name=0")]
    public void Columns_are_recognised_by_what_they_are_called(string header, string expected) =>
        Assert.Equal(expected, Mapping(HeaderFinder.Find(Table(header.Replace("\\n", "\n", StringComparison.Ordinal), "甲,1,2,3"), People)));

    [Theory]
    [InlineData(0, "姓名,学号,电话", "王,1,2")]
    [InlineData(1, "2026级学生名单,2026级学生名单,2026级学生名单", "姓名,学号,电话", "王,1,2")]
    [InlineData(3, "名单", "制表：后勤处,,日期：9月1日", "说明：姓名和电话必须填写，学号可以不填", "姓名,学号,电话", "王,1,2")]
    [InlineData(1, "基本情况,基本情况,联系方式", "姓名,学号,电话", "王,1,2")]
    [InlineData(1, "姓名,学号,联系方式,联系方式", ",,手机,楼栋", "王,1,2,3")]
    [InlineData(1, "甲,,", "a,b,c", "1,2,3")]
    [InlineData(0, "甲", "乙", "丙")]
    public void The_header_is_found_by_itself(int row, params string[] rows)
    {
        var found = HeaderFinder.Find(Table(rows), People);
        Assert.Equal((row, row + 1), (found.Row, found.FirstData));
    }

    [Fact]
    public void A_header_of_two_rows_names_columns_by_the_second_and_where_that_is_blank_by_the_first()
    {
        var found = HeaderFinder.Find(Table("姓名,学号,联系方式,联系方式", ",,手机,楼栋", "王,1,2,3"), People);
        Assert.Equal(["姓名", "学号", "手机", "楼栋"], found.Headers);
        Assert.Equal("building=3 name=0 number=1 phone=2", Mapping(found));
    }

    [Fact]
    public void Remarks_below_the_header_are_no_data()
    {
        var found = HeaderFinder.Find(Table("姓名,学号", "（必填）,选填", "王,1"), People);
        Assert.Equal((0, 2), (found.Row, found.FirstData));
    }

    [Fact]
    public void A_header_beyond_the_first_rows_is_not_looked_for()
    {
        var found = HeaderFinder.Find(Table([.. Enumerable.Range(0, 30).Select(n => $"{n}"), "姓名,学号"]), People);
        Assert.Equal((0, 0), (found.Row, found.Columns.Count));
    }

    [Fact]
    public void Headers_are_made_different_and_blank_ones_are_called_by_their_letters() =>
        Assert.Equal(["电话", "电话 (2)", "C", "电话 (2) (2)", "电 话"], HeaderFinder.Find(Table("电话,电话,,电话 (2),电\n话"), People).Headers);

    [Fact]
    public void A_remembered_mapping_wins_and_what_it_names_and_the_sheet_has_not_is_left_out()
    {
        var found = HeaderFinder.Find(Table("姓名,电话", "王,1"), People);
        var remembered = found.With(new Dictionary<string, int> { ["phone"] = 0, ["name"] = 1, ["number"] = 1, ["building"] = 7 });
        Assert.Equal("name=1 phone=0", Mapping(remembered));
        Assert.Equal(found.Fingerprint, remembered.Fingerprint);
    }

    [Fact]
    public void A_fingerprint_tells_headers_apart_but_not_their_spaces_and_widths()
    {
        Assert.Equal(Fingerprint("姓 名,Phone No"), Fingerprint("姓名*,ＰＨＯＮＥ　ＮＯ"));
        Assert.NotEqual(Fingerprint("姓名,电话"), Fingerprint("电话,姓名"));
        Assert.NotEqual(Fingerprint("姓名,电话"), Fingerprint("姓名,电话,"));
        Assert.Equal(32, Fingerprint("姓名").Length);
    }

    [Fact]
    public void A_person_may_point_at_another_row()
    {
        var found = HeaderFinder.At(Table("名单", "x,y", "姓名,电话", "王,1"), People, 2);
        Assert.Equal((2, 3, "name=0 phone=1"), (found.Row, found.FirstData, Mapping(found)));
    }

    private static string Fingerprint(string header) => HeaderFinder.At(Table(header), People, 0).Fingerprint;

    private static string Mapping(FoundHeader found) =>
        string.Join(' ', found.Columns.OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => $"{c.Key}={c.Value}"));

    private static SheetTable Table(params string[] rows)
    {
        var cells = rows.Select(r => r.Split(',').Select(t => t.Length == 0 ? Cell.Empty : new Cell(CellKind.Text, t)).ToArray()).ToList();
        return new SheetTable("名单", cells.Max(r => r.Length), [.. cells.Select((c, i) => new SheetRow(i + 1, c, false))], [], false);
    }
}
