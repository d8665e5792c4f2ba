using LogisticsAdmin.Spreadsheets.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>How a cell is read: the text that a person sees, and the number behind it.</summary>
public sealed class WorkbookValueTests
{
    [Fact]
    public void Text_comes_from_shared_inline_and_calculated_strings_and_runs_without_their_readings()
    {
        var parts = Workbooks.Parts("""
            <row r="3" hidden="1"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="str"><f>A1&amp;B1</f><v>算出 </v></c>
            <c r="D3" t="inlineStr"><is><r><t>直</t></r><r><rPr><b/></rPr><t xml:space="preserve"> 接</t></r></is></c>
            <c r="E3" t="s"><v>2</v></c><c r="F3" t="s"><v>3</v></c></row>
            """).With(Workbooks.StringsPath, Workbooks.Strings("<t>王 &amp; 李</t>",
            "<r><t>竹园</t></r><r><rPr><sz val=\"11\"/></rPr><t>3号楼</t></r><rPh sb=\"0\" eb=\"2\"><t>zhu yuan</t></rPh><phoneticPr fontId=\"1\"/>",
            "<t>　 </t>",
                "<t>a_x000D_b_x005F_x0041_</t>"));
        var table = parts.Read();
        var row = Assert.Single(table.Rows);
        Assert.Equal((3, true), (row.Number, row.IsHidden));
        Assert.Equal(["王 & 李", "竹园3号楼", "算出 ", "直 接", "", "a\rb_x0041_"], row.Cells.Select(c => c.Text));
        Assert.Equal((CellKind.Text, CellKind.Empty, 1, "名单"), (row[1].Kind, row[4].Kind, table.HiddenRows, table.Name));
        Assert.True(row[99].IsEmpty);
    }

    [Theory]
    [InlineData("1", "1")]
    [InlineData("0", "0")]
    [InlineData("-0", "0")]
    [InlineData("1.0", "1")]
    [InlineData("1.50", "1.5")]
    [InlineData("007", "7")]
    [InlineData("1E3", "1000")]
    [InlineData("1.5E-3", "0.0015")]
    [InlineData("-1.25e-7", "-0.000000125")]
    [InlineData("123456789012345", "123456789012345")]
    [InlineData("1.1010119900101E+17", "110101199001010000")]
    [InlineData("0.1", "0.1")]
    [InlineData("0.10000000000000001", "0.1")]
    [InlineData("2566.3716814159293", "2566.3716814159293")]
    [InlineData("1.2345678901234567E+16", "12345678901234568")]
    [InlineData(" 12 ", "12")]
    public void A_number_is_shown_in_the_fewest_digits_and_never_with_an_exponent(string written, string seen)
    {
        var cell = Cell($"<c><v>{written}</v></c>");
        Assert.Equal((CellKind.Number, seen), (cell.Kind, cell.Text));
        Assert.Equal(double.Parse(written, System.Globalization.CultureInfo.InvariantCulture), cell.Number);
    }

    [Theory]
    [InlineData("000000", 123, "000123")]
    [InlineData("000000", 1234567, "1234567")]
    [InlineData("000000", 1.5, "1.5")]
    [InlineData("000000", -1, "-1")]
    [InlineData("\"2026\"0000", 17, "20260017")]
    [InlineData("000-0000", 5551234, "555-1234")]
    [InlineData("000\\-0000;[Red]-0", 15551234, "1555-1234")]
    [InlineData("0\"号楼\"", 3, "3号楼")]
    [InlineData("0", 3, "3")]
    [InlineData("#,##0.00", 1234.5, "1234.5")]
    [InlineData("0.00%", 0.5, "0.5")]
    [InlineData("@", 5, "5")]
    [InlineData("G/通用格式", 5, "5")]
    [InlineData("[=1]\"男\";[=2]\"女\"", 1, "男")]
    [InlineData("[=1]\"男\";[=2]\"女\"", 2, "女")]
    [InlineData("[=1]\"男\";[=2]\"女\"", 3, "3")]
    [InlineData("[<=0]\"地下\";0\"层\"", -1, "地下")]
    [InlineData("[<=0]\"地下\";0\"层\"", 7, "7层")]
    [InlineData("0\"层\";\"地下\"0\"层\";\"一楼\"", -1, "地下1层")]
    [InlineData("0\"层\";\"地下\"0\"层\";\"一楼\"", 0, "一楼")]
    [InlineData("General\"班\"", 2601, "2601班")]
    [InlineData("G/通用格式\"班\"", 2601, "2601班")]
    [InlineData("General\"班\"", 1.5, "1.5班")]
    [InlineData("#\"班\"", 3, "3班")]
    [InlineData("\"软工\"##00", 7, "软工07")]
    [InlineData("@\"学院\"", 3, "3学院")]
    [InlineData("\"第\"0\"组\"", -3, "-第3组")]
    [InlineData("0;0;;@\"学院\"", 3, "3")]
    public void A_format_of_digits_shows_its_zeros(string format, double number, string seen) =>
        Assert.Equal((CellKind.Number, seen, number), Values(Cell(Styled(number), format)));

    [Theory]
    [InlineData("@\"学院\"", "土木学院")]
    [InlineData("General;General;General;\"院系：\"@", "院系：土木")]
    [InlineData("@", "土木")]
    [InlineData("General\"班\"", "土木")]
    [InlineData("0;-0;;@", "土木")]
    public void A_format_that_adds_words_to_text_shows_them(string format, string seen)
    {
        Assert.Equal(new Cell(CellKind.Text, seen), Cell("""<c s="1" t="inlineStr"><is><t>土木</t></is></c>""", format));
        var shared = Workbooks.Parts("""<row><c s="1" t="s"><v>0</v></c></row>""")
            .With(Workbooks.StringsPath, Workbooks.Strings("<t>土木</t>"))
            .With(Workbooks.StylesPath, Workbooks.Styles("General", format)).Read();
        Assert.Equal(seen, shared.Rows[0][0].Text);
    }

    [Fact]
    public void Styles_behind_an_empty_one_keep_their_formats()
    {
        var table = Workbooks.Parts("""<row r="1"><c r="A1" s="0"><v>123</v></c><c r="B1" s="1"><v>123</v></c><c r="C1" s="2"><v>46083</v></c></row>""")
            .With(Workbooks.StylesPath, Workbooks.BareStyles("000000", "14")).Read();
        Assert.Equal(["123", "000123", "2026-03-02"], Assert.Single(table.Rows).Cells.Select(c => c.Text));
    }

    [Theory]
    [InlineData("14", 46266, "2026-09-01")]
    [InlineData("22", 46266.5, "2026-09-01 12:00:00")]
    [InlineData("31", 46266, "2026-09-01")]
    [InlineData("57", 46266, "2026-09-01")]
    [InlineData("45", 0.5, "12:00:00")]
    [InlineData("46", 1.5, "36:00:00")]
    [InlineData("yyyy/m/d;@", 46266, "2026-09-01")]
    [InlineData("yyyy\"年\"m\"月\"d\"日\"", 46266, "2026-09-01")]
    [InlineData("[$-804]aaaa", 46266, "2026-09-01")]
    [InlineData("[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy", 46266.25, "2026-09-01 06:00:00")]
    [InlineData("[Red]yyyy-mm-dd", 46266, "2026-09-01")]
    [InlineData("h:mm AM/PM", 0.75, "18:00:00")]
    [InlineData("[h]:mm", 2, "48:00:00")]
    [InlineData("yyyy-mm-dd", 46265.9999999, "2026-09-01")]
    [InlineData("yyyy-mm-dd", 1, "1900-01-01")]
    [InlineData("yyyy-mm-dd", 59, "1900-02-28")]
    [InlineData("yyyy-mm-dd", 61, "1900-03-01")]
    [InlineData("yyyy-mm-dd", 2958465, "9999-12-31")]
    public void A_day_is_told_by_its_format(string format, double serial, string seen) =>
        Assert.Equal((CellKind.Date, seen, serial), Values(Cell(Styled(serial), format)));

    [Theory]
    [InlineData("0.00E+00")]
    [InlineData("##0.0E-0")]
    [InlineData("[Red]#,##0")]
    [InlineData("[$¥-804]#,##0.00")]
    [InlineData("0.0\"小时 hms\"")]
    [InlineData("#,##0\\d")]
    [InlineData("_-* #,##0.00_-;-* #,##0.00_-")]
    [InlineData("[>100]0.0;General")]
    [InlineData("General")]
    [InlineData("0.0;yyyy")]
    [InlineData("49")]
    [InlineData("37")]
    [InlineData("11")]
    public void What_only_looks_like_a_day_s_format_is_a_number(string format) =>
        Assert.Equal((CellKind.Number, "46266.5", 46266.5), Values(Cell(Styled(46266.5), format)));

    [Theory]
    [InlineData(-1)]
    [InlineData(2958466)]
    public void A_day_that_Excel_shows_as_hashes_stays_a_number(double serial) => Assert.Equal(CellKind.Number, Cell(Styled(serial), "14").Kind);

    [Fact]
    public void Days_of_a_1904_workbook_are_counted_from_1900()
    {
        var table = Workbooks.Parts($"<row>{Styled(44804)}{Styled(0.5)}<c><v>44804</v></c></row>", book: """<workbookPr date1904="1"/>""")
            .With(Workbooks.StylesPath, Workbooks.Styles("General", "14")).Read();
        Assert.True(table.CountsFrom1904);
        Assert.Equal([(CellKind.Date, "2026-09-01", 46266), (CellKind.Date, "12:00:00", 0.5), (CellKind.Number, "44804", 44804)],
            table.Rows[0].Cells.Select(Values));
    }

    [Fact]
    public void Truth_errors_and_days_by_name_have_kinds_of_their_own()
    {
        var cells = Workbooks.Parts("""
            <row><c t="b"><v>1</v></c><c t="b"><v>0</v></c><c t="e"><v>#N/A</v></c><c t="d"><v>2026-09-01</v></c><c t="d"><v>2026-09-01T08:30:00</v></c>
            <c s="99"><v>1</v></c></row>
            """).Read().Rows[0].Cells;
        Assert.Equal([(CellKind.Boolean, "TRUE", 1), (CellKind.Boolean, "FALSE", 0), (CellKind.Error, "#N/A", 0), (CellKind.Date, "2026-09-01", 46266),
            (CellKind.Date, "2026-09-01 08:30:00", Math.Round(46266 + 8.5 / 24, 9)), (CellKind.Number, "1", 1)], cells.Select(Values));
    }

    [Theory]
    [InlineData("2026-09-01T08:30:00Z")]
    [InlineData("2026-09-01T08:30:00+08:00")]
    [InlineData("2026-09-01T08:30:00-05:00")]
    public void A_day_by_name_is_read_as_written_whatever_the_time_zone_of_the_server(string written) =>
        Assert.Equal("2026-09-01 08:30:00", Cell($"""<c t="d"><v>{written}</v></c>""").Text);

    [Fact]
    public void Formulas_are_their_last_values_and_those_never_calculated_are_counted()
    {
        var table = Workbooks.Parts("""
            <row><c><f>1+1</f><v>2</v></c><c><f>1+1</f></c><c><f>1+1</f><v/></c><c t="str"><f>""</f><v></v></c><c><f t="shared" si="0"/><v>3</v></c></row>
            """).Read();
        Assert.Equal(["1: 2||||3"], table.AsText());
        Assert.Equal(2, table.FormulasWithoutValue);
    }

    [Fact]
    public void Merged_areas_are_filled_with_their_value_where_there_are_rows_and_columns()
    {
        var table = Workbooks.Parts("""
            <row r="1"><c r="A1" t="str"><v>题</v></c></row>
            <row r="3"><c r="A3" t="str"><v>楼</v></c><c r="B3"><v>1</v></c></row><row r="4"><c r="A4" s="1"/><c r="B4"><v>2</v></c></row>
            <row r="6"><c r="B6"><v>3</v></c><c r="C6"><v>4</v></c></row>
            """,
            behind: """<mergeCells count="3"><mergeCell ref="A1:H2"/><mergeCell ref="A3:A6"/><mergeCell ref="B9:C10"/><mergeCell ref="B6"/></mergeCells>""")
            .Read();
        Assert.Equal(["1: 题|题|题", "3: 楼|1", "4: 楼|2", "6: 楼|3|4"], table.AsText());
        Assert.Equal(3, table.Columns);
    }

    [Fact]
    public void Blank_rows_are_left_out_hidden_ones_marked_and_columns_behind_the_last_content_do_not_count()
    {
        var table = Workbooks.Parts("""
            <row><c t="str"><v> </v></c></row><row hidden="true"><c><v>1</v></c><c s="1"/><c t="str"><v>　</v></c></row>
            <row r="9"><c r="B9"><v>2</v></c></row>
            """,
            before: """<cols><col min="2" max="2" hidden="1"/><col min="3" max="16384" hidden="1"/><col min="1" max="1"/></cols>""").Read();
        Assert.Equal(["2: 1", "9: |2"], table.AsText());
        Assert.Equal((2, 1), (table.Columns, table.HiddenRows));
        Assert.Equal([1], table.HiddenColumns);
    }

    [Fact]
    public void Sheets_come_in_their_order_hidden_ones_last_and_charts_not_at_all()
    {
        var parts = Workbooks.Parts("<row><c><v>1</v></c></row>");
        parts[Workbooks.BookPath] = $"""
            <x:workbook xmlns:x="{Workbooks.Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><x:sheets>
            <x:sheet name="码表" state="veryHidden" r:id="b"/><x:sheet name="图" r:id="c"/><x:sheet name="名单" r:id="a"/>
            <x:sheet name="旧" state="hidden" r:id="b"/></x:sheets></x:workbook>
            """;
        parts["xl/_rels/workbook.xml.rels"] = Workbooks.Related(("a", "worksheet", "/xl/worksheets/sheet1.xml"), ("b", "worksheet", "worksheets\\sheet2.xml"),
            ("c", "chartsheet", "chartsheets/sheet1.xml"));
        parts["xl/worksheets/sheet2.xml"] = """<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>""";
        using var stream = parts.Zip();
        using var file = SheetFile.Open(stream, "x.xlsx", TestContext.Current.CancellationToken);
        Assert.Equal([("名单", false), ("码表", true), ("旧", true)], file.Sheets.Select(s => (s.Name, s.IsHidden)));
        Assert.Equal(["1", "2", "2"], file.Sheets.Select(s => file.Read(s, ct: TestContext.Current.CancellationToken).Rows[0][0].Text));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void A_workbook_without_styles_strings_and_relations_is_read_from_where_all_writers_put_them()
    {
        var parts = Workbooks.Parts("""<row><c t="s"><v>0</v></c><c s="1"><v>46266</v></c></row>""")
            .With(Workbooks.StringsPath, Workbooks.Strings("<t>甲</t>"))
            .With(Workbooks.StylesPath, Workbooks.Styles("0", "14"));
        parts.Remove("_rels/.rels");
        parts.Remove("xl/_rels/workbook.xml.rels");
        Assert.Equal(["1: 甲|2026-09-01"], parts.Read().AsText());
    }

    [Fact]
    public void What_repeats_is_kept_once()
    {
        // Two texts with the same hash slot replace each other, so a few of many may be stored twice.
        string[] texts = [.. Enumerable.Range(1, 20).Select(n => $"计算机学院{n}班")];
        var row = $"<row>{string.Concat(texts.Select(text => $"<c t=\"inlineStr\"><is><t>{text}</t></is></c>"))}<c><v>2026</v></c></row>";
        var table = Workbooks.Parts(row + row).Read();
        Assert.InRange(Enumerable.Range(0, texts.Length + 1).Count(c => ReferenceEquals(table.Rows[0][c].Text, table.Rows[1][c].Text)), 16, 21);
    }

    private static (CellKind, string, double) Values(Cell cell) => (cell.Kind, cell.Text, Math.Round(cell.Number, 9));

    private static string Styled(double number) => FormattableString.Invariant($"""<c s="1"><v>{number:R}</v></c>""");

    private static Cell Cell(string cell, string format = "General") =>
        Workbooks.Parts($"<row>{cell}</row>").With(Workbooks.StylesPath, Workbooks.Styles("General", format)).Read().Rows[0][0];
}
