using System.Globalization;
using System.IO.Compression;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>An .xlsx file: a zip of XML parts that refer to each other.</summary>
internal sealed class WorkbookFile : SheetFile
{
    // Memory of a string object besides its characters, counted in characters, so that many empty strings hit the limit too.
    private const int StringOverhead = 12;

    // Slightly above Excel's limit.
    private const int MaxStyles = 65_536;

    private readonly ZipArchive _zip;
    private readonly WorkbookParts _parts;
    private readonly Dictionary<int, ZipArchiveEntry> _sheetParts = [];
    private readonly bool _countsFrom1904;
    private string[]? _strings;
    private NumberFormat[]? _formats;

    private WorkbookFile(ZipArchive zip, SheetLimits limits, TimeProvider clock, ReadBudget budget) : base(limits, clock)
    {
        _zip = zip;
        _parts = new WorkbookParts(zip, budget);
        List<SheetInfo> sheets = [];
        using var xml = new XmlPart(_parts.Workbook, budget);
        while (xml.Next())
        {
            if (!xml.IsStart) continue;
            if (xml.Name == "workbookPr") _countsFrom1904 = IsOn(xml["date1904"]);
            if (xml.Name != "sheet" || _parts.Sheet(xml["id", WorkbookParts.Namespaces], sheets.Count) is not { } part) continue;
            if (sheets.Count == limits.Parts) throw Rejected.Because<SpreadsheetsText>("PartsTooBig");
            _sheetParts.Add(sheets.Count, part);
            sheets.Add(new SheetInfo(sheets.Count, xml["name"] ?? "", xml["state"] is "hidden" or "veryHidden"));
        }
        if (sheets.Count == 0) throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        Sheets = [.. sheets.OrderBy(s => s.IsHidden)];
    }

    public override IReadOnlyList<SheetInfo> Sheets { get; }

    public static WorkbookFile Open(Stream stream, SheetLimits limits, TimeProvider clock, ReadBudget budget)
    {
        ZipGuard.Demand(stream, limits);
        var zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            ZipGuard.Demand(zip, limits);
            return new WorkbookFile(zip, limits, clock, budget);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    }

    private protected override SheetTable Read(SheetInfo sheet, ReadBudget budget)
    {
        _strings ??= _parts.Strings is { } strings ? ReadStrings(strings, budget) : [];
        _formats ??= _parts.Styles is { } styles ? ReadFormats(styles, budget) : [];
        using var xml = new XmlPart(_sheetParts[sheet.Index], budget);
        return new SheetXml(xml, budget, _strings, _formats, _countsFrom1904).Read(sheet.Name);
    }

    public override void Dispose() => _zip.Dispose();

    internal static bool IsOn(string? value) => value is "1" or "true" or "on";

    private static string[] ReadStrings(ZipArchiveEntry part, ReadBudget budget)
    {
        List<string> strings = [];
        var pool = new StringPool();
        using var xml = new XmlPart(part, budget);
        while (xml.Next())
        {
            if (!xml.IsStart || xml.Name != "si") continue;
            var text = xml.StringItem();
            budget.CountText(text.Length + StringOverhead);
            strings.Add(SheetXml.Unescaped(pool.Get(text)));
        }
        return [.. strings];
    }

    /// <summary>The number format of each cell style.</summary>
    private static NumberFormat[] ReadFormats(ZipArchiveEntry part, ReadBudget budget)
    {
        Dictionary<int, NumberFormat> own = [];
        List<NumberFormat> formats = [];
        using var xml = new XmlPart(part, budget);
        while (xml.Next())
        {
            if (!xml.IsStart) continue;
            if (xml.Name == "numFmt" && own.Count < MaxStyles && xml["formatCode"] is { } code) own[Id(xml["numFmtId"])] = NumberFormat.Of(code);
            if (xml.Name != "cellXfs") continue;
            // Read before the loop, inside which the reader is positioned on an xf that may itself be empty.
            var (isEmpty, depth) = (xml.IsEmpty, xml.Depth);
            while (!isEmpty && xml.NextInside(depth))
            {
                if (xml.Name != "xf") continue;
                if (formats.Count == MaxStyles) throw new InvalidDataException();
                var id = Id(xml["numFmtId"]);
                formats.Add(own.TryGetValue(id, out var format) ? format : NumberFormat.Of(id));
                xml.Skip();
            }
        }
        return [.. formats];

        static int Id(string? value) => value is null ? 0 : int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
    }
}
