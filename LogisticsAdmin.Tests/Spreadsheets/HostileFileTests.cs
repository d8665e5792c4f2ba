using System.Buffers.Binary;
using System.Text;
using LogisticsAdmin.Spreadsheets.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Files that are no lists: each is refused with its own message, quickly, and without much memory.</summary>
public sealed class HostileFileTests
{
    private const string Row = """<row r="1"><c r="A1"><v>1</v></c></row>""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("", "FileEmpty")]
    [InlineData("504B0304", "FileDamaged")]
    [InlineData("504B0506", "FileDamaged")]
    [InlineData("D0CF11E0A1B11AE1", "OldWorkbook")]
    [InlineData("00000000000000000000", "NotAWorkbook")]
    [InlineData("89504E470D0A1A0A0000000D49484452", "NotAWorkbook")]
    [InlineData("255044462D312E370A", "NotAWorkbook")]
    [InlineData("3C68746D6C3E3C7461626C653E", "NotAWorkbook")]
    [InlineData("FFFF81", "NotAWorkbook")]
    [InlineData("EFBBBF", "SheetEmpty")]
    [InlineData("0A200A2C2C2C0A", "SheetEmpty")]
    public void What_is_no_workbook_is_told_by_its_bytes_whatever_it_is_called(string hex, string code) =>
        Assert.Equal(code, Workbooks.Refusal(() => Workbooks.Csv(Convert.FromHexString(hex))));

    [Fact]
    public void A_password_is_told_from_an_old_workbook()
    {
        var name = Encoding.Unicode.GetBytes("EncryptedPackage");
        foreach (var at in new[] { 600, (64 * 1024) - 10, 70_000 })
        {
            var bytes = new byte[80_000];
            Convert.FromHexString("D0CF11E0A1B11AE1").CopyTo(bytes, 0);
            Assert.Equal("OldWorkbook", Workbooks.Refusal(() => Workbooks.Csv(bytes)));
            name.CopyTo(bytes, at);
            Assert.Equal("PasswordProtected", Workbooks.Refusal(() => Workbooks.Csv(bytes)));
        }
    }

    [Fact]
    public void A_file_over_the_limit_is_refused_before_it_is_read()
    {
        using var stream = new MemoryStream();
        stream.SetLength(20 * SheetLimits.Mebi + 1);
        Assert.Equal("FileTooLarge", Workbooks.Refusal(() => Workbooks.Read(stream)));
    }

    [Fact]
    public void A_zip_without_a_workbook_and_a_workbook_without_a_sheet_are_no_workbooks()
    {
        var parts = Workbooks.Parts(Row);
        Assert.Equal("NotAWorkbook", Workbooks.Refusal(() => new Dictionary<string, string> { ["test.txt"] = "x" }.Read()));
        Assert.Equal("NotAWorkbook", Workbooks.Refusal(() => new Dictionary<string, string>().Read()));
        Assert.Equal("NotAWorkbook", Workbooks.Refusal(() => parts.With(Workbooks.BookPath, "<workbook><sheets/></workbook>").Read()));
        Assert.Equal("NotAWorkbook", Workbooks.Refusal(() => parts.With("_rels/.rels", Workbooks.Related(("r", "officeDocument", "xl/workbook.bin")))
            .With("xl/workbook.bin", "x").Read()));
    }

    [Theory]
    [InlineData("xl/vbaProject.bin")]
    [InlineData("XL/VBAPROJECT.BIN")]
    [InlineData("xl/macrosheets/sheet1.xml")]
    public void Macros_are_refused(string path) => Assert.Equal("MacroWorkbook", Workbooks.Refusal(() => Workbooks.Parts(Row).With(path, "x").Read()));

    [Fact]
    public void Parts_that_are_too_big_together_or_too_many_are_refused_before_they_are_inflated()
    {
        var parts = Workbooks.Parts(Row).With("xl/media/image1.png", new string('0', 20_000));
        Assert.Equal("PartsTooBig", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { PartBytes = 10_000 })));
        Assert.Equal("PartsTooBig", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { AllBytes = 20_000 })));
        Assert.Equal("PartsTooBig", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { Parts = 4 })));
        Assert.Single(parts.Read().Rows);
    }

    [Fact]
    public void A_part_that_says_it_is_small_is_not_inflated_beyond_what_it_says()
    {
        var rows = string.Concat(Enumerable.Range(1, 50_000).Select(n => $"""<row r="{n}"><c r="A{n}"><v>1</v></c></row>"""));
        var bytes = Workbooks.Parts(rows).Zip().ToArray();
        // The uncompressed length in the zip directory, and in the entry's own header.
        for (var at = 0; bytes.AsSpan(at).IndexOf("PK\u0001\u0002"u8) is var next and >= 0; at += 4)
        {
            at += next;
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at + 24), Math.Min(1000, BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(at + 24))));
        }
        Assert.Equal("FileDamaged", Bounded(bytes, 8));
    }

    [Fact]
    public void A_directory_of_half_a_million_parts_is_not_even_listed()
    {
        var bytes = new byte[20 * SheetLimits.Mebi];
        "PK\u0003\u0004"u8.CopyTo(bytes);
        for (var at = 100; at + 46 < bytes.Length - 22; at += 46) "PK\u0001\u0002"u8.CopyTo(bytes.AsSpan(at));
        "PK\u0005\u0006"u8.CopyTo(bytes.AsSpan(bytes.Length - 22));
        bytes[^14] = bytes[^12] = 1;
        bytes[^6] = 100;
        Assert.Equal("PartsTooBig", Bounded(bytes, 4));
    }

    [Theory]
    [InlineData("""<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>""")]
    [InlineData("""<!DOCTYPE x SYSTEM "file:///etc/passwd">""")]
    public void A_document_type_is_refused_in_any_part(string dtd)
    {
        var parts = Workbooks.Parts("""<row r="1"><c r="A1" t="s"><v>0</v></c></row>""").With(Workbooks.StringsPath, Workbooks.Strings("<t>a</t>"))
            .With(Workbooks.StylesPath, Workbooks.Styles("0"));
        foreach (var path in parts.Keys)
        {
            var text = parts[path].Replace("""<?xml version="1.0" encoding="UTF-8"?>""", "", StringComparison.Ordinal);
            Assert.Equal("DtdInside", Workbooks.Refusal(() => parts.With(path, dtd + text).Read()));
        }
    }

    [Fact]
    public void Nothing_in_a_part_makes_the_reader_grow()
    {
        const int many = 3 * SheetLimits.Mebi;
        string[] hostile =
        [
            string.Concat(Enumerable.Repeat("<a>", many / 3)),
            $"""<row r="1" spans="{new string('1', many)}"/>""",
            $"<{new string('a', many)}/>",
            $"<!--{new string('-', 1).PadRight(many)}-->",
            $"<?x {new string('a', many)}?>",
            $"""<row r="1"><c r="A1" t="str"><v><![CDATA[{new string('<', many)}]]></v></c></row>""",
            $"""<row r="1"><c r="A1" t="str"><v>{new string('x', many)}</v></c></row>""",
            $"""<row r="1"><c r="A1"><f>{string.Concat(Enumerable.Repeat("a&amp;", many / 6))}</f></c></row>""",
            string.Concat(Enumerable.Range(0, many / 10).Select(n => $"<a{n:0000000}/>")),
            new string(' ', many),
        ];
        foreach (var text in hostile)
            Assert.True(Bounded(Workbooks.Parts(text).Zip().ToArray(), 24) is "FileDamaged" or "TextTooLong", text[..20]);
    }

    [Fact]
    public void Small_numbers_in_the_file_that_would_be_long_text_have_an_end()
    {
        var rows = string.Concat(Enumerable.Range(1, 40_000).Select(n => $"<row>{string.Concat(Enumerable.Repeat("<c><v>1e300</v></c>", 20))}</row>"));
        using var stream = Workbooks.Parts(rows).Zip();
        Assert.Equal("PartsTooBig", Workbooks.Refusal(() => Workbooks.Read(stream)));
        var empty = string.Concat(Enumerable.Repeat("<si/>", 5_000_000));
        var bytes = Workbooks.Parts(Row).With(Workbooks.StringsPath, $"<sst>{empty}</sst>").Zip().ToArray();
        Assert.Equal("PartsTooBig", Bounded(bytes, 128));
    }

    [Fact]
    public void A_million_formatted_rows_and_cells_without_content_cost_little()
    {
        var rows = string.Concat(Enumerable.Range(1, 1_000_000).Select(n => $"""<row r="{n}" s="1"/>"""));
        Assert.Equal("SheetEmpty", Bounded(Workbooks.Parts(rows).Zip().ToArray(), 128));
        var cells = string.Concat(Enumerable.Range(1, 4000).Select(n => $"""<row r="{n}">{string.Concat(Enumerable.Repeat("""<c s="1"/>""", 250))}</row>"""));
        Assert.Equal("SheetEmpty", Bounded(Workbooks.Parts(cells).Zip().ToArray(), 128));
    }

    [Fact]
    public void A_cell_in_the_last_corner_costs_no_more_than_one_at_the_start()
    {
        Assert.Equal("SheetEmpty", Bounded(Workbooks.Parts("""<row r="1048576"><c r="XFD1048576" s="1"/></row>""").Zip().ToArray(), 1));
        Assert.Equal("TooManyColumns", Bounded(Workbooks.Parts("""<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>""").Zip().ToArray(), 1));
        Assert.Equal(["1048576: 1"], Workbooks.Parts("""<row r="1048576"><c r="A1048576"><v>1</v></c></row>""").Read().AsText());
    }

    [Theory]
    [InlineData("""<row r="1"><c r="A0"><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="1A"><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="XFE1"><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="AAAAAAAAAAAAAAAAAAAA1"><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A99999999999999999999"><v>1</v></c></row>""")]
    [InlineData("""<row r="1048577"><c r="A1"><v>1</v></c></row>""")]
    [InlineData("""<row r="-1"><c r="A1"><v>1</v></c></row>""")]
    [InlineData("""<row r="x"><c r="A1"><v>1</v></c></row>""")]
    [InlineData("""<row r="2"><c><v>1</v></c></row><row r="2"><c><v>1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>0</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>-1</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1" t="s"><v>4294967296</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1"><v>1e999</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1"><v>NaN</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1"><v>abc</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1" t="d"><v>abc</v></c></row>""")]
    [InlineData("""<row r="1"><c r="A1"><v>1</v></row>""")]
    [InlineData("""<row r="1"><c r="A1"><v>&nbsp;</v></c></row>""")]
    public void What_no_sheet_says_is_damage(string rows) => Assert.Equal("FileDamaged", Workbooks.Refusal(() => Workbooks.Parts(rows).Read()));

    [Fact]
    public void Relations_that_lead_nowhere_are_damage_and_those_that_leave_the_file_are_not_followed()
    {
        var parts = Workbooks.Parts(Row);
        Assert.Equal("FileDamaged", Workbooks.Refusal(() => parts.With("xl/_rels/workbook.xml.rels",
            Workbooks.Related(("rId1", "worksheet", "../../../etc/passwd"))).Read()));
        Assert.Equal("FileDamaged", Workbooks.Refusal(() => parts.With("xl/_rels/workbook.xml.rels",
            Workbooks.Related(("rId9", "worksheet", "worksheets/sheet1.xml"))).Read()));
        var linked = parts.With("xl/externalLinks/externalLink1.xml", "<externalLink/>")
            .With("xl/_rels/workbook.xml.rels", parts["xl/_rels/workbook.xml.rels"].Replace(
            "</Relationships>",
            """<Relationship Id="rId8" Type="http://x/sharedStrings" Target="http://127.0.0.1:1/x" TargetMode="External"/></Relationships>""",
            StringComparison.Ordinal));
        Assert.Equal(["1: 7"], linked.With(Workbooks.SheetPath,
            """<worksheet><sheetData><row><c><f>[1]Sheet1!A1</f><v>7</v></c></row></sheetData></worksheet>""").Read().AsText());
    }

    [Fact]
    public void Rows_columns_cells_and_text_have_limits()
    {
        var rows = string.Concat(Enumerable.Range(1, 5).Select(n => $"""<row r="{n}"><c r="D{n}" t="str"><v>abcdefgh{n}</v></c></row>"""));
        var parts = Workbooks.Parts(rows);
        Assert.Equal("TooManyRows", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { Rows = 4 })));
        Assert.Equal("TooManyColumns", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { Columns = 3 })));
        Assert.Equal("TooManyCells", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { Cells = 19 })));
        Assert.Equal("PartsTooBig", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { Characters = 44 })));
        Assert.Equal("TextTooLong", Workbooks.Refusal(() => parts.Read(SheetLimits.Default with { CellCharacters = 8 })));
        Assert.Equal(5, parts.Read(new SheetLimits { Rows = 5, Columns = 4, Cells = 20, Characters = 45, CellCharacters = 9 }).Rows.Count);
        Assert.Equal("TooManyRows", Workbooks.Refusal(() => Workbooks.Csv("1\n2\n3\n"u8.ToArray(), SheetLimits.Default with { Rows = 2 })));
        Assert.Equal("TextTooLong", Workbooks.Refusal(() => Workbooks.Csv(new string('a', 32_768))));
        Assert.Equal("TooManyColumns", Workbooks.Refusal(() => Workbooks.Csv(new string(',', 256) + "a")));
        Assert.Equal("SheetEmpty", Workbooks.Refusal(() => Workbooks.Csv(new string(',', 500_000))));
    }

    [Fact]
    public void Reading_ends_when_its_time_is_over_or_when_nobody_waits_any_more()
    {
        var rows = string.Concat(Enumerable.Range(1, 50_000).Select(n => $"""<row r="{n}"><c r="A{n}"><v>1</v></c></row>"""));
        using var stream = Workbooks.Parts(rows).Zip();
        Assert.Equal("FileTooSlow", Workbooks.Refusal(() => Workbooks.Read(stream, clock: Workbooks.HurryingClock())));
        using var csv = new MemoryStream(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("1,2\n", 100))));
        Assert.Equal("FileTooSlow", Workbooks.Refusal(() => Workbooks.Read(csv, clock: Workbooks.HurryingClock())));

        using var gone = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        using var file = SheetFile.Open(stream, "x", Ct);
        Assert.ThrowsAny<OperationCanceledException>(() => file.Read(file.Sheets[0], rows => gone.Cancel(), gone.Token));
        List<int> told = [];
        file.Read(file.Sheets[0], told.Add, Ct);
        Assert.Equal(50_000, told[^1]);
        Assert.Equal(told.Order(), told);
        Assert.True(told.Count > 20);
    }

    [Fact]
    public void Merged_areas_without_end_fill_only_what_is_used()
    {
        var rows = string.Concat(Enumerable.Range(1, 2000).Select(n => $"""<row r="{n}"><c r="A{n}"><v>1</v></c><c r="Z{n}"><v>2</v></c></row>"""));
        var areas = $"<mergeCells>{string.Concat(Enumerable.Repeat("""<mergeCell ref="A1:XFD1048576"/>""", 20_000))}</mergeCells>";
        using var stream = Workbooks.Parts(rows, behind: areas).Zip();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var table = Workbooks.Read(stream);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 24 * SheetLimits.Mebi);
        Assert.Equal((26, 2000), (table.Columns, table.Rows.Count));
        Assert.Equal("1", table.Rows[1999][24].Text);
    }

    [Fact]
    public void A_truncated_workbook_is_damaged_wherever_it_ends()
    {
        var whole = Workbooks.Parts(Row).With(Workbooks.StylesPath, Workbooks.Styles("14")).Zip().ToArray();
        for (var length = 4; length < whole.Length; length += 7) Assert.Equal("FileDamaged", Workbooks.Refusal(() => Workbooks.Csv(whole[..length])));
    }

    [Fact]
    public void A_zip_with_a_password_is_told_from_damage()
    {
        var bytes = Workbooks.Parts(Row).Zip().ToArray();
        foreach (var (mark, at) in new[] { ("PK\u0003\u0004", 6), ("PK\u0001\u0002", 8) })
            bytes[bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(mark)) + at] |= 1;
        Assert.Equal("PasswordProtected", Workbooks.Refusal(() => Workbooks.Csv(bytes)));
    }

    [Fact]
    public void Any_other_compression_is_damage()
    {
        var bytes = Workbooks.Parts(Row).Zip().ToArray();
        bytes[bytes.AsSpan().IndexOf("PK\u0001\u0002"u8) + 10] = 99;
        Assert.Equal("FileDamaged", Workbooks.Refusal(() => Workbooks.Csv(bytes)));
    }

    /// <summary>The code of the refusal, after checking that reading allocated no more than this many MiB.</summary>
    private static string Bounded(byte[] bytes, int mebi)
    {
        using var stream = new MemoryStream(bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var code = Workbooks.Refusal(() => Workbooks.Read(stream));
        var taken = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(taken < mebi * (long)SheetLimits.Mebi, $"{code} took {taken / SheetLimits.Mebi} MiB");
        return code;
    }
}
