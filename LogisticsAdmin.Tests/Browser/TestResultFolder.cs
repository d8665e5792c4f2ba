namespace LogisticsAdmin.Tests.Browser;

/// <summary>What test runs keep for people to look at: TestResults beside README.md, which git ignores.</summary>
internal static class TestResultFolder
{
    public static string Root { get; } = FindRoot();

    public static string Folder(string name) => Directory.CreateDirectory(Path.Combine(Root, "TestResults", name)).FullName;

    private static string FindRoot()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "global.json"))) return at.FullName;
        return AppContext.BaseDirectory;
    }
}
