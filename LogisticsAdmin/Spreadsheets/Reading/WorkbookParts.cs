using System.IO.Compression;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Finds the parts of a workbook by its relationships, or at their usual paths. External targets are ignored.</summary>
internal sealed class WorkbookParts
{
    private const int MaxRelations = 10_000;

    // For parts that do not grow with the number of rows: all but strings and sheets.
    private const int MaxSmallPart = 8 * SheetLimits.Mebi;
    private const string RootRelations = "_rels/.rels";

    /// <summary>The namespace of "r:id" in the transitional and in the strict edition of the standard.</summary>
    public static readonly string[] Namespaces =
    [
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "http://purl.oclc.org/ooxml/officeDocument/relationships",
    ];

    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Relation> _relations;
    private readonly string _folder;

    /// <summary>Refuses a zip without a workbook.</summary>
    public WorkbookParts(ZipArchive zip, ReadBudget budget)
    {
        foreach (var entry in zip.Entries) _entries.TryAdd(entry.FullName.Replace('\\', '/').TrimStart('/'), entry);
        var path = Relations(RootRelations, budget).Values.FirstOrDefault(r => r.Is("officeDocument"))?.PathFrom("") ?? "xl/workbook.xml";
        Workbook = path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) && _entries.TryGetValue(path, out var found)
            ? Small(found)
            : throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        var name = path.LastIndexOf('/') + 1;
        _folder = path[..name];
        _relations = Relations($"{_folder}_rels/{path[name..]}.rels", budget);
    }

    public ZipArchiveEntry Workbook { get; }
    public ZipArchiveEntry? Strings => Only("sharedStrings");
    public ZipArchiveEntry? Styles => Only("styles") is { } styles ? Small(styles) : null;

    /// <summary>Null for a sheet without cells, such as a chart sheet. A relationship to a missing part means that the file is damaged.</summary>
    public ZipArchiveEntry? Sheet(string? relation, int index)
    {
        if (relation is null || _relations.Count == 0)
            return _entries.GetValueOrDefault($"{_folder}worksheets/sheet{index + 1}.xml") ?? throw new InvalidDataException();
        if (!_relations.TryGetValue(relation, out var to)) throw new InvalidDataException();
        return to.Is("worksheet") ? Part(to) ?? throw new InvalidDataException() : null;
    }

    private static ZipArchiveEntry Small(ZipArchiveEntry part) =>
        part.Length <= MaxSmallPart ? part : throw Rejected.Because<SpreadsheetsText>("PartsTooBig");

    private ZipArchiveEntry? Only(string kind) =>
        _relations.Values.FirstOrDefault(r => r.Is(kind)) is { } relation ? Part(relation) : _entries.GetValueOrDefault($"{_folder}{kind}.xml");

    private ZipArchiveEntry? Part(Relation relation) => _entries.GetValueOrDefault(relation.PathFrom(_folder));

    private Dictionary<string, Relation> Relations(string path, ReadBudget budget)
    {
        Dictionary<string, Relation> relations = [];
        if (!_entries.TryGetValue(path, out var part)) return relations;
        using var xml = new XmlPart(Small(part), budget);
        while (xml.Next())
        {
            if (!xml.IsStart || xml.Name != "Relationship" || xml["TargetMode"] == "External") continue;
            if (relations.Count == MaxRelations) throw new InvalidDataException();
            relations[xml["Id"] ?? ""] = new Relation(xml["Type"] ?? "", xml["Target"] ?? "");
        }
        return relations;
    }

    private sealed record Relation(string Type, string Target)
    {
        public bool Is(string kind) => Type.EndsWith($"/{kind}", StringComparison.Ordinal);

        public string PathFrom(string folder)
        {
            var target = Target.Replace('\\', '/');
            List<string> steps = [];
            foreach (var step in (target.StartsWith('/') ? target : folder + target).Split('/'))
            {
                if (step == ".." && steps.Count > 0) steps.RemoveAt(steps.Count - 1);
                else if (step is not ("" or "." or "..")) steps.Add(step);
            }
            return string.Join('/', steps);
        }
    }
}
