using System.Globalization;
using System.Resources;
using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>What is accepted in a cell, what is refused, and with which code.</summary>
public sealed class RowReaderTests
{
    private enum Sex
    {
        Male = 1,
        Female = 2,
    }

    private static readonly ImportColumn[] Columns =
    [
        new("x", new LocalName("列", "Column"), CellUse.Text) { MaxLength = 20 },
        new("must", new LocalName("必填", "Must"), CellUse.Text, Required: true),
        new("sex", new LocalName("性别", "Sex"), CellUse.Choice)
        {
            Choices = [new("Male", new LocalName("男", "Male"), "男生", "M", "1"),
                new("Female", new LocalName("女", "Female"), "女生", "是/否", "TRUE")],
        },
    ];

    [Theory]
    [InlineData("  张 三　", "张 三")]
    [InlineData("ＡＢＣ", "ＡＢＣ")]
    [InlineData("'=1+1", "=1+1")]
    [InlineData("‘重点’学生", "‘重点’学生")]
    [InlineData("\u00A0 ", null)]
    [InlineData("\u200B", null)]
    public void Text_is_kept_as_typed(string typed, string? read) => Reads(read, Of(typed), r => r.Text("x"));

    [Theory]
    [InlineData("２０２６００１", "2026001")]
    [InlineData(" 00123 ", "00123")]
    [InlineData("'00123", "00123")]
    [InlineData("’00123", "00123")]
    [InlineData("2026001.0", "2026001")]
    [InlineData("A－１０１", "A-101")]
    [InlineData("a\u200Bb\u00A0", "ab")]
    [InlineData("11010119900101123X", "11010119900101123X")]
    [InlineData("1E10", "1E10")]
    public void Codes_lose_what_nobody_meant(string typed, string read) => Reads(read, Of(typed), r => r.Code("x"));

    [Fact]
    public void A_code_that_is_a_number_is_its_digits()
    {
        Reads("20260001", new Cell(CellKind.Number, "20260001", 20260001), r => r.Code("x"));
        Reads("000123", new Cell(CellKind.Number, "000123", 123), r => r.Code("x"));
        Reads("123456789012345", new Cell(CellKind.Number, "123456789012345", 123456789012345), r => r.Code("x"));
    }

    [Theory]
    [InlineData("1.10101E+17")]
    [InlineData("1.1e+17")]
    [InlineData("１.10101E+17")]
    public void Text_that_was_a_long_number_is_refused_by_name(string typed)
    {
        Refuses("DigitsLost", Of(typed), r => r.Code("x"));
        Refuses("DigitsLost", Of(typed), r => r.Phone("x"));
        Refuses("DigitsLost", Of(typed), r => r.Amount("x"));
    }

    [Fact]
    public void Numbers_that_have_lost_digits_are_refused_by_name_wherever_they_stand()
    {
        var id = new Cell(CellKind.Number, "110101199001010000", 110101199001010000);
        Refuses("DigitsLost", id, r => r.Code("x"));
        Refuses("DigitsLost", id, r => r.Text("x"));
        Refuses("DigitsLost", id, r => r.Phone("x"));
        Refuses("DigitsLost", id, r => r.Whole("x"));
        Refuses("CodeIsDay", new Cell(CellKind.Date, "2026-03-02", 46083), r => r.Code("x"));
    }

    [Fact]
    public void A_date_in_a_text_column_is_refused_as_made_by_Excel() =>
        Refuses("CodeIsDay", new Cell(CellKind.Date, "2026-03-02", 46083), r => r.Text("x"), "2026-03-02");

    [Theory]
    [InlineData("3月2日")]
    [InlineData("２-Mar")]
    [InlineData("Mar-26")]
    [InlineData("2026年3月")]
    [InlineData("2001/2/3")]
    [InlineData("1/2/2003")]
    public void What_Excel_leaves_of_a_code_in_a_text_file_is_refused_in_text_and_code_columns(string typed)
    {
        Refuses("CodeIsDay", Of(typed), r => r.Code("x"), typed);
        Refuses("CodeIsDay", Of(typed), r => r.Text("x"), typed);
    }

    [Theory]
    [InlineData("3-2")]
    [InlineData("3月2日值班")]
    [InlineData("Mar-2026")]
    [InlineData("2026-03-02")]
    [InlineData("3/2")]
    public void A_code_that_only_resembles_a_date_is_read(string typed) => Reads(typed, Of(typed), r => r.Code("x"));

    [Theory]
    [InlineData("138-0013-8000", "13800138000")]
    [InlineData("138 0013 8000", "13800138000")]
    [InlineData("＋86（0571）8888 8888", "+86057188888888")]
    [InlineData("+86 138–0013—8000", "+8613800138000")]
    [InlineData("１３８００１３８０００", "13800138000")]
    [InlineData("'13800138000", "13800138000")]
    [InlineData("13800138000.0", "13800138000")]
    [InlineData("\u202A13800138000\u202C", "13800138000")]
    public void Phones_are_kept_as_digits(string typed, string read) => Reads(read, Of(typed), r => r.Phone("x"));

    [Theory]
    [InlineData("13800138000/13900139000")]
    [InlineData("8888转123")]
    [InlineData("无")]
    [InlineData("12")]
    [InlineData("138001380001380013800013800")]
    [InlineData("138+00")]
    public void What_is_not_one_phone_number_is_refused(string typed) => Refuses("PhoneUnreadable", Of(typed), r => r.Phone("x"));

    [Theory]
    [InlineData("12", 12)]
    [InlineData("１２", 12)]
    [InlineData("12.0", 12)]
    [InlineData("1,234", 1234)]
    [InlineData("'7", 7)]
    [InlineData(" 7\u00A0", 7)]
    [InlineData("-3", -3)]
    public void Whole_numbers_are_read_from_text(string typed, int read) => Reads(read, Of(typed), r => r.Whole("x"));

    [Fact]
    public void Whole_numbers_have_bounds_and_no_fractions()
    {
        Reads(6, new Cell(CellKind.Number, "6", 6), r => r.Whole("x", 1, 6));
        Refuses("OutOfRange", new Cell(CellKind.Number, "7", 7), r => r.Whole("x", 1, 6), "7", 1, 6);
        Refuses("OutOfRange", Of("99999999999"), r => r.Whole("x"), "99999999999", int.MinValue, int.MaxValue);
        Refuses("OutOfRange", Of("10000000000000.01"), r => r.Amount("x"), "10000000000000.01", -Money.MaxYuan, Money.MaxYuan);
        Refuses("NotWhole", new Cell(CellKind.Number, "1.5", 1.5), r => r.Whole("x"), "1.5");
        Refuses("NumberUnreadable", new Cell(CellKind.Boolean, "TRUE", 1), r => r.Whole("x"), "TRUE");
        Refuses("NumberUnreadable", new Cell(CellKind.Date, "2026-09-01", 46266), r => r.Whole("x"), "2026-09-01");
    }

    [Theory]
    [InlineData("12.50", "12.50")]
    [InlineData("￥1,234.50元", "1234.50")]
    [InlineData("１２．５", "12.5")]
    [InlineData("1 234.5", "1234.5")]
    [InlineData("-.5", "-0.5")]
    [InlineData("−5", "-5")]
    public void Amounts_are_read_from_text(string typed, string read) =>
        Reads(decimal.Parse(read, CultureInfo.InvariantCulture), Of(typed), r => r.Amount("x"));

    [Fact]
    public void An_amount_is_what_was_typed_not_what_a_double_makes_of_it() =>
        Reads(0.3m, new Cell(CellKind.Number, "0.30000000000000004", 0.1 + 0.2), r => r.Amount("x"));

    [Theory]
    [InlineData("1,23")]
    [InlineData("12a")]
    [InlineData("1.2.3")]
    [InlineData("约5")]
    public void What_is_no_number_is_refused_with_what_was_given(string typed) => Refuses("NumberUnreadable", Of(typed), r => r.Amount("x"), typed);

    [Theory]
    [InlineData("2026-9-1", "2026-09-01")]
    [InlineData("2026/9/1", "2026-09-01")]
    [InlineData("2026.9.1", "2026-09-01")]
    [InlineData("2026年9月1日", "2026-09-01")]
    [InlineData("2026 年 9 月 1 日", "2026-09-01")]
    [InlineData("２０２６－０９－０１", "2026-09-01")]
    [InlineData("20260901", "2026-09-01")]
    [InlineData("'2026-09-01", "2026-09-01")]
    [InlineData("46266", "2026-09-01")]
    [InlineData("46266.5", "2026-09-01 12:00:00")]
    [InlineData("2026-9-1 8:05", "2026-09-01 08:05:00")]
    [InlineData("2026-09-01T08:05:30.5", "2026-09-01 08:05:30")]
    [InlineData("2026年9月1日 下午3时5分", "2026-09-01 15:05:00")]
    [InlineData("2026/9/1 12:30 AM", "2026-09-01 00:30:00")]
    [InlineData("31/12/2026", "2026-12-31")]
    [InlineData("12/31/2026 23:59", "2026-12-31 23:59:00")]
    [InlineData("3/3/2026", "2026-03-03")]
    [InlineData("1 Sep 2026", "2026-09-01")]
    [InlineData("September 1, 2026", "2026-09-01")]
    [InlineData("2024-02-29", "2024-02-29")]
    [InlineData("2026年9月1日星期二 8:30", "2026-09-01 08:30:00")]
    [InlineData("2026-9-1（周二）", "2026-09-01")]
    [InlineData("2026-08-31 24:00", "2026-09-01")]
    [InlineData("2026-9-1 晚上8:30", "2026-09-01 20:30:00")]
    [InlineData("2026-9-1 晚上20:30", "2026-09-01 20:30:00")]
    [InlineData("2026-9-1 早上8点", "2026-09-01 08:00:00")]
    [InlineData("2026-9-1 凌晨0:30", "2026-09-01 00:30:00")]
    [InlineData("2026-9-1 中午12:30", "2026-09-01 12:30:00")]
    [InlineData("2026-9-1 中午1点", "2026-09-01 13:00:00")]
    [InlineData("2026-9-1 下午14:30", "2026-09-01 14:30:00")]
    public void Days_and_moments_are_read_as_offices_type_them(string typed, string moment)
    {
        var expected = DateTime.Parse(moment, CultureInfo.InvariantCulture);
        Reads(expected, Of(typed), r => r.Moment("x"));
        Reads(DateOnly.FromDateTime(expected), Of(typed), r => r.Day("x"));
    }

    [Theory]
    [InlineData("03/04/2026", "DateAmbiguous")]
    [InlineData("3-4-2026", "DateAmbiguous")]
    [InlineData("26-09-01", "DateAmbiguous")]
    [InlineData("01-09-26", "DateAmbiguous")]
    [InlineData("2026-02-30", "DateUnreadable")]
    [InlineData("2026-13-01", "DateUnreadable")]
    [InlineData("20261301", "DateUnreadable")]
    [InlineData("2026-09", "DateUnreadable")]
    [InlineData("2026-09-01 25:00", "DateUnreadable")]
    [InlineData("2026-09-01T08:00Z", "DateUnreadable")]
    [InlineData("九月一日", "DateUnreadable")]
    [InlineData("2026-09-01 24:01", "DateUnreadable")]
    [InlineData("2026-09-01 星期三", "DateUnreadable")]
    [InlineData("2026-09-01 上午14:00", "DateUnreadable")]
    [InlineData("2026-09-01 8:05-09:00", "DateUnreadable")]
    [InlineData("2026-09-01T08:00+25:00", "DateUnreadable")]
    [InlineData("2026-09-01 晚上12:00", "DateAmbiguous")]
    [InlineData("2026-09-01 半夜1点", "DateAmbiguous")]
    [InlineData("32/13/2026", "DateUnreadable")]
    public void Days_that_nobody_can_be_sure_of_are_refused_with_what_was_given(string typed, string code) => Refuses(code, Of(typed), r => r.Day("x"), typed);

    [Theory]
    [InlineData("2026-09-01T00:30:00Z")]
    [InlineData("2026-09-01 00:30:00Z")]
    [InlineData("2026-09-01T08:30:00+08:00")]
    [InlineData("2026-08-31T19:30:00-0500")]
    [InlineData("2026-09-01 08:30:00 +0800")]
    public void A_time_with_an_offset_is_the_same_moment_in_the_zone_of_the_office(string typed)
    {
        var reader = new RowReader([Columns[0]], false, TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai"));
        reader.MoveTo(new ImportRow(new SheetRow(1, [Of(typed)], false), 1, new Dictionary<string, int> { ["x"] = 0 }));
        Assert.Equal((new DateTime(2026, 9, 1, 8, 30, 0), 0), (reader.Moment("x"), reader.Problems.Count));
    }

    [Theory]
    [InlineData("#N/A")]
    [InlineData(" #REF! ")]
    public void An_error_that_a_text_file_spells_is_an_error(string typed)
    {
        Refuses("CellIsError", Of(typed), r => r.Text("x"));
        Refuses("CellIsError", Of(typed), r => r.Code("x"));
    }

    [Fact]
    public void Numbers_are_days_in_the_system_of_their_workbook()
    {
        var september = new DateOnly(2026, 9, 1);
        Reads(september, new Cell(CellKind.Date, "2026-09-01", 46266), r => r.Day("x"));
        Reads(september, new Cell(CellKind.Date, "2026-09-01", 46266), r => r.Day("x"), countsFrom1904: true);
        Reads(september, new Cell(CellKind.Number, "46266", 46266), r => r.Day("x"));
        Reads(september, new Cell(CellKind.Number, "44804", 44804), r => r.Day("x"), countsFrom1904: true);
        Reads(september, Of("44804"), r => r.Day("x"), countsFrom1904: true);
        Reads(september, new Cell(CellKind.Number, "20260901", 20260901), r => r.Day("x"), countsFrom1904: true);
        Refuses("DateUnreadable", new Cell(CellKind.Number, "2026", 2026), r => r.Day("x"), "2026");
        Refuses("DateUnreadable", new Cell(CellKind.Date, "08:00:00", 1 / 3.0), r => r.Day("x"), "08:00:00");
        Refuses("DateUnreadable", new Cell(CellKind.Boolean, "TRUE", 1), r => r.Day("x"), "TRUE");
    }

    [Fact]
    public void Choices_are_found_by_any_of_their_names()
    {
        foreach (var typed in new[] { "男", " male ", "ＭＡＬＥ", "男生", "m", "1", "1.0", "男\u00A0生", "'男" })
            Reads("Male", Of(typed), r => r.Choice("sex"), key: "sex");
        Reads("Male", new Cell(CellKind.Number, "1", 1), r => r.Choice("sex"), key: "sex");
        Reads(Sex.Female, new Cell(CellKind.Boolean, "TRUE", 1), r => r.Choice<Sex>("sex"), key: "sex");
        Refuses("ChoiceUnknown", Of("不详"), r => r.Choice<Sex>("sex"), key: "sex", args: ["不详", new LocalName("男、女", "Male, Female")]);
    }

    [Fact]
    public void Several_choices_are_separated_as_people_do()
    {
        foreach (var typed in new[] { "男,女", "男，女生", "男; 女；", "男/女", "男、女、男", "M|F emale", "男\n女" })
            Assert.Equal(["Male", "Female"], Read(Of(typed), r => r.Choices("sex"), key: "sex").Value!);
        Assert.Equal([Sex.Female], Read(Of("是/否"), r => r.Choices<Sex>("sex"), key: "sex").Value!);
        Refuses("ChoiceUnknown", Of("男、不详、没有"), r => r.Choices("sex"), key: "sex", args: ["不详", new LocalName("男、女", "Male, Female")]);
        Assert.Null(Read(Cell.Empty, r => r.Choices("sex"), key: "sex").Value);
    }

    [Fact]
    public void Text_that_is_too_long_is_refused_never_cut()
    {
        Reads(new string('楼', 20), Of(new string('楼', 20)), r => r.Text("x"));
        Refuses("TooLong", Of(new string('楼', 21)), r => r.Text("x"), 20, 21);
        Refuses("TooLong", Of(new string('1', 21)), r => r.Code("x"), 20, 21);
    }

    [Fact]
    public void Everything_wrong_with_a_row_is_said_at_once_and_each_thing_once()
    {
        var reader = new RowReader(Columns, false);
        reader.MoveTo(new ImportRow(new SheetRow(12, [new Cell(CellKind.Error, "#N/A"), Of("未知")], false), 1,
            new Dictionary<string, int> { ["x"] = 0, ["sex"] = 1 }));
        Assert.Null(reader.Code("x"));
        Assert.Null(reader.Phone("x"));
        Assert.Null(reader.Choice("sex"));
        Assert.Null(reader.Text("must"));
        reader.AddProblem(new RowProblem("x", typeof(SpreadsheetsText), "Import.Own"));
        var first = reader.Problems;
        Assert.Equal(12, reader.Number);
        Assert.Equal([("must", "Import.Required"), ("x", "Import.CellIsError"), ("sex", "Import.ChoiceUnknown"), ("x", "Import.Own")],
            first.Select(p => (p.Column!, p.Code)));
        Assert.Equal("#N/A", first[1].Args[0]);

        reader.MoveTo(new ImportRow(new SheetRow(13, [Of("有")], false), 1, new Dictionary<string, int> { ["must"] = 0 }));
        Assert.Empty(reader.Problems);
        Assert.Null(reader.Text("x"));
        Assert.Equal(4, first.Count);
    }

    [Fact]
    public void Every_problem_has_words_in_both_languages()
    {
        var code = SourceTree.App(".cs")["LogisticsAdmin/Spreadsheets/Importing/RowReader.cs"];
        var codes = Regex.Matches(code, "\"(?<code>[A-Z][A-Za-z]+)\"").Select(m => m.Groups["code"].Value).Distinct().ToList();
        Assert.True(codes.Count >= 12);
        var words = new ResourceManager(typeof(SpreadsheetsText).FullName!, typeof(SpreadsheetsText).Assembly);
        foreach (var language in Languages.All)
            Assert.All(codes, c => Assert.NotNull(words.GetString($"Import.{c}", CultureInfo.GetCultureInfo(language))));
    }

    private static Cell Of(string text) => new(CellKind.Text, text);

    private static (T Value, IReadOnlyList<RowProblem> Problems) Read<T>(Cell cell, Func<RowReader, T> read, bool countsFrom1904 = false, string key = "x")
    {
        var reader = new RowReader([.. Columns.Where(c => c.Key != "must")], countsFrom1904);
        reader.MoveTo(new ImportRow(new SheetRow(1, [cell], false), 1, new Dictionary<string, int> { [key] = 0 }));
        return (read(reader), reader.Problems);
    }

    private static void Reads<T>(T expected, Cell cell, Func<RowReader, T> read, bool countsFrom1904 = false, string key = "x")
    {
        var (value, problems) = Read(cell, read, countsFrom1904, key);
        Assert.Empty(problems);
        Assert.Equal(expected, value);
    }

    private static void Reads<T>(T expected, Cell cell, Func<RowReader, T?> read, bool countsFrom1904 = false, string key = "x") where T : struct
    {
        var (value, problems) = Read(cell, read, countsFrom1904, key);
        Assert.Empty(problems);
        Assert.Equal(expected, value);
    }

    private static void Refuses<T>(string code, Cell cell, Func<RowReader, T> read, params object?[] args) => Refuses(code, cell, read, "x", args);

    private static void Refuses<T>(string code, Cell cell, Func<RowReader, T> read, string key, object?[] args)
    {
        var (value, problems) = Read(cell, read, key: key);
        Assert.Equal(default, value);
        var problem = Assert.Single(problems);
        Assert.Equal((key, typeof(SpreadsheetsText), $"Import.{code}"), (problem.Column, problem.ResourceSource, problem.Code));
        if (args.Length > 0) Assert.Equal(args, problem.Args);
    }
}
