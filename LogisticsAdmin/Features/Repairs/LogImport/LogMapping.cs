using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A mapping for logs. The wizard and the command <c>import-log</c> use the same files and skip rows that the other has imported.</summary>
public sealed record LogMapping(string Key, LocalName Name, LogMap Map) : FileMapping(Key, Name)
{
    private const string Ending = ".map.json";

    public override IReadOnlyList<string> Headers => Map.Columns;

    public override byte[] ToFile() => Map.ToJson();

    /// <summary>Throws <see cref="Rejected"/> with the position of an error.</summary>
    public static LogMapping Of(byte[] file, LocalName name)
    {
        var map = LogMap.Read(file);
        return new LogMapping(map.Source, name, map);
    }

    /// <summary>The mappings in seeds/import.</summary>
    public static IReadOnlyList<LogMapping> FromSeeds() =>
    [
        .. Directory.EnumerateFiles(Seeds.PathOf("import"), "*" + Ending).Order(StringComparer.Ordinal).Select(file =>
        {
            var name = Path.GetFileName(file)[..^Ending.Length];
            return Of(File.ReadAllBytes(file), new LocalName(name, name));
        }),
    ];
}
