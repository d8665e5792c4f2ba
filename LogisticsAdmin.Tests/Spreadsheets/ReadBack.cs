using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using ExcelDataReader;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>A workbook as an independent library reads it, and its XML.</summary>
internal sealed class ReadBack
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    public static readonly OfficeTime Office = new(new FakeTimeProvider(TestHost.Start), Options.Create(new OfficeOptions()));

    private readonly Dictionary<string, XDocument> _parts = [];
    private readonly byte[] _file;

    // ExcelDataReader needs the code pages of old files even to read .xlsx.
    static ReadBack() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public ReadBack(byte[] file)
    {
        _file = file;
        using (var reader = ExcelReaderFactory.CreateOpenXmlReader(new MemoryStream(file)))
        {
            do
            {
                List<object?[]> rows = [];
                while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetValue)]);
                Sheets.Add((reader.Name, rows));
            }
            while (reader.NextResult());
        }
        using var zip = new ZipArchive(new MemoryStream(file));
        foreach (var entry in zip.Entries)
        {
            using var part = entry.Open();
            _parts[entry.FullName] = XDocument.Load(part, LoadOptions.PreserveWhitespace);
        }
    }

    public List<(string Name, List<object?[]> Rows)> Sheets { get; } = [];

    /// <summary>Violations of the Open XML schema.</summary>
    public IReadOnlyList<string> SchemaErrors
    {
        get
        {
            using var book = SpreadsheetDocument.Open(new MemoryStream(_file), isEditable: false);
            return [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(book).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];
        }
    }

    /// <summary>Rows of the first sheet, including the header.</summary>
    public List<object?[]> Rows => Sheets[0].Rows;

    public XElement Sheet(int number = 1) => Part($"xl/worksheets/sheet{number}.xml");

    public XElement Part(string path) => _parts[path].Root!;

    public XElement Cell(string reference, int sheet = 1) => All(Sheet(sheet), "c").Single(c => (string?)c.Attribute("r") == reference);

    /// <summary>The cell's number format: its code, or the number of a built-in one.</summary>
    public string FormatOf(string reference)
    {
        var styles = Part("xl/styles.xml");
        var format = (int)StyleOf(reference).Attribute("numFmtId")!;
        return (string?)All(styles, "numFmt").FirstOrDefault(f => (int)f.Attribute("numFmtId")! == format)?.Attribute("formatCode") ?? $"{format}";
    }

    public XElement FontOf(string reference) => All(Part("xl/styles.xml"), "font").ElementAt((int)StyleOf(reference).Attribute("fontId")!);

    public double[] Widths(int sheet = 1) => [.. All(Sheet(sheet), "col").Select(c => (double)c.Attribute("width")!)];

    public static IEnumerable<XElement> All(XElement element, string name) => element.Descendants(Main + name);

    public static async Task<byte[]> ExportAsync<T>(IEnumerable<T> rows, ExportFormat format, params ExportColumn<T>[] columns)
    {
        using var file = new MemoryStream();
        await new ExportWriter(Office).WriteAsync(file, format, "清单", columns, rows.ToAsyncEnumerable(), TestContext.Current.CancellationToken);
        return file.ToArray();
    }

    private XElement StyleOf(string reference) =>
        Part("xl/styles.xml").Element(Main + "cellXfs")!.Elements().ElementAt((int)Cell(reference).Attribute("s")!);
}
