using System.IO.Compression;
using System.Text;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Builds workbooks from raw parts, valid or hostile, and reads them.</summary>
internal static class Workbooks
{
    public const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";

    public const string SheetPath = "xl/worksheets/sheet1.xml";
    public const string StringsPath = "xl/sharedStrings.xml";
    public const string StylesPath = "xl/styles.xml";
    public const string BookPath = "xl/workbook.xml";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>The parts of a workbook with one sheet: rows as XML, and the XML before and after them.</summary>
    public static Dictionary<string, string> Parts(string rows, string before = "", string behind = "", string book = "") => new()
    {
        ["_rels/.rels"] =
            $"""<Relationships xmlns="{Relations}"><Relationship Id="r" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""",
        [BookPath] = $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{book}<sheets><sheet name="名单" sheetId="1" r:id="rId1"/></sheets></workbook>""",
        ["xl/_rels/workbook.xml.rels"] = Related(("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml")),
        [SheetPath] = $"""<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{Main}">{before}<sheetData>{rows}</sheetData>{behind}</worksheet>""",
    };

    public static string Related(params (string Id, string Type, string Target)[] relations) =>
        $"""<Relationships xmlns="{Relations}">{string.Concat(relations.Select(Relation))}</Relationships>""";

    public static Dictionary<string, string> With(this Dictionary<string, string> parts, string path, string text) => new(parts) { [path] = text };

    public static string Strings(params string[] items) => $"""<sst xmlns="{Main}">{string.Concat(items.Select(i => $"<si>{i}</si>"))}</sst>""";

    /// <summary>One cell style for each format: its built-in number, or a code of its own.</summary>
    public static string Styles(params string[] formats) => StylesOf("<alignment/>", formats);

    /// <summary>The same styles as some programs write them: each xf is an empty element, and the first one has no format.</summary>
    public static string BareStyles(params string[] formats) => StylesOf("", formats).Replace("<cellXfs>", "<cellXfs><xf/>", StringComparison.Ordinal);

    private static string StylesOf(string inside, string[] formats) =>
        $"""<styleSheet xmlns="{Main}"><numFmts>{string.Concat(formats.Select(OwnFormat))}</numFmts>"""
        + """<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>"""
        + string.Concat(formats.Select((f, i) => $"""<xf numFmtId="{(IsBuiltIn(f) ? f : $"{200 + i}")}"{(inside.Length == 0 ? "/>" : $">{inside}</xf>")}"""))
        + "</cellXfs></styleSheet>";

    private static string OwnFormat(string format, int i) =>
        IsBuiltIn(format) ? "" : $"""<numFmt numFmtId="{200 + i}" formatCode="{Escape(format)}"/>""";

    private static string Relation((string Id, string Type, string Target) to) =>
        $"""<Relationship Id="{to.Id}" Type="{Office}/{to.Type}" Target="{to.Target}"/>""";

    private static bool IsBuiltIn(string format) => format.Length < 3 && format.All(char.IsAsciiDigit);

    public static string Inline(string reference, string text) =>
        $"""<c r="{reference}" t="inlineStr"><is><t xml:space="preserve">{Escape(text)}</t></is></c>""";

    public static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);

    public static MemoryStream Zip(this Dictionary<string, string> parts)
    {
        var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in parts)
            {
                using var part = zip.CreateEntry(path, CompressionLevel.Fastest).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        stream.Position = 0;
        return stream;
    }

    public static SheetTable Read(this Dictionary<string, string> parts, SheetLimits? limits = null)
    {
        using var stream = parts.Zip();
        return Read(stream, limits: limits);
    }

    public static SheetTable Read(Stream stream, string name = "名单.xlsx", SheetLimits? limits = null, TimeProvider? clock = null)
    {
        using var file = SheetFile.Open(stream, name, limits ?? SheetLimits.Default, clock ?? TimeProvider.System, Ct);
        return file.Read(file.Sheets[0], ct: Ct);
    }

    public static SheetTable Csv(byte[] bytes, SheetLimits? limits = null)
    {
        using var stream = new MemoryStream(bytes);
        return Read(stream, "名单.csv", limits);
    }

    public static SheetTable Csv(string text) => Csv(Encoding.UTF8.GetBytes(text));

    /// <summary>The code of the refusal.</summary>
    public static string Refusal(Func<SheetTable> read)
    {
        var refusal = Assert.Throws<Rejected>(() => read());
        Assert.Equal(typeof(LogisticsAdmin.Spreadsheets.SpreadsheetsText), refusal.ResourceSource);
        return refusal.Code;
    }

    /// <summary>A clock that advances by a second each time it is read.</summary>
    public static FakeTimeProvider HurryingClock() => new() { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };

    /// <summary>The rows as "1: a|b", with the text of each cell.</summary>
    public static IEnumerable<string> AsText(this SheetTable table) => table.Rows.Select(r => $"{r.Number}: {string.Join('|', r.Cells.Select(c => c.Text))}");
}
