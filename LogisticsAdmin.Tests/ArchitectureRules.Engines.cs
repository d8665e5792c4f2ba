using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

internal static partial class ArchitectureRules
{
    private const string EngineFolder = "LogisticsAdmin/Data/Sqlite/";

    /// <summary>The only file that selects the database engine.</summary>
    private const string EngineChoice = "LogisticsAdmin/Data/DataSetup.cs";

    public static IEnumerable<string> EnginesStayInTheirFolder(string path, string text)
    {
        if (!path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal) || path.StartsWith(EngineFolder, StringComparison.Ordinal)) yield break;
        if (RawSql().Match(Code(text)) is { Success: true } sql)
            yield return $"{path} names {sql.Value}: SQL is written in {EngineFolder} only; ask LogisticsDb by meaning.";
        if (path != EngineChoice && EngineNamed().Match(Code(text)) is { Success: true } engine)
            yield return $"{path} names {engine.Value}: only {EngineFolder} knows the engine, and {EngineChoice} chooses it.";
    }

    [GeneratedRegex(
        @"\b(FromSql\w*|SqlQuery\w*|ExecuteSql\w*|GetDbConnection|CreateCommand|Db(Command|Connection|Parameter)|PRAGMA|MigrationBuilder)\b|INDEXED BY\b")]
    private static partial Regex RawSql();

    [GeneratedRegex(@"\b(Use|Add)?(Sqlite|Npgsql)\w*\b")]
    private static partial Regex EngineNamed();
}
