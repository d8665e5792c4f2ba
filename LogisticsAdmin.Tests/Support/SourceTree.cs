namespace LogisticsAdmin.Tests.Support;

/// <summary>The repository's files, found by walking up from the test assembly.</summary>
internal static class SourceTree
{
    public static readonly string Top = FindTop();

    /// <summary>Source files of the app by their path from the root, without built or generated ones.</summary>
    public static IReadOnlyDictionary<string, string> App(params string[] kinds) =>
        Directory.EnumerateFiles(Path.Combine(Top, "LogisticsAdmin"), "*", SearchOption.AllDirectories)
            .Select(file => (File: file, Path: Path.GetRelativePath(Top, file).Replace('\\', '/')))
            .Where(f => kinds.Contains(Path.GetExtension(f.File)))
            .Where(f => f.Path.Split('/') is [_, not "bin" and not "obj" and not "storage", ..])
            .Where(f => !f.Path.StartsWith("LogisticsAdmin/Data/Sqlite/Migrations/", StringComparison.Ordinal))
            .ToDictionary(f => f.Path, f => File.ReadAllText(f.File));

    private static string FindTop()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "global.json")))
            directory = directory.Parent ?? throw new InvalidOperationException("The tests run outside the repository: no global.json above them.");
        return directory.FullName;
    }
}
