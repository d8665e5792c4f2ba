using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>A log read by the same mapping as the command's <c>import-log</c>: what the one brought in, the other knows.</summary>
public sealed record LogReading(string Key, LocalName Name, LogMap Map) : ImportReading(Key, Name)
{
    private const string Ending = ".map.json";

    public override IReadOnlyList<string> Headers => Map.Columns;

    public override byte[] ToFile() => Map.ToJson();

    /// <summary>Refuses what is no mapping, saying where.</summary>
    public static LogReading Of(byte[] file, LocalName name)
    {
        var map = LogMap.Read(file);
        return new LogReading(map.Source, name, map);
    }

    /// <summary>Those of seeds/import.</summary>
    public static IReadOnlyList<LogReading> OfTheHouse() =>
    [
        .. Directory.EnumerateFiles(Seeds.PathOf("import"), "*" + Ending).Order(StringComparer.Ordinal).Select(file =>
        {
            var name = Path.GetFileName(file)[..^Ending.Length];
            return Of(File.ReadAllBytes(file), new LocalName(name, name));
        }),
    ];
}
