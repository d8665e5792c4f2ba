using System.Collections.Concurrent;

namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>
/// The fonts of documents: the two that are shipped with the app, and for characters that these lack the TrueType fonts of the machine. Loaded
/// when first used, once for the whole process.
/// </summary>
internal static class FontLibrary
{
    private static readonly Lazy<Face> LazyRegular = new(() => Shipped("Regular"));
    private static readonly Lazy<Face> LazyBold = new(() => Shipped("Bold"));
    private static readonly Lazy<IReadOnlyList<Lazy<Face?>>> Installed = new(FindInstalled);
    private static readonly ConcurrentDictionary<int, Face?> Substitutes = new();
    private static readonly ConcurrentDictionary<int, Face?> NarrowOnes = new();
    private static readonly ConcurrentDictionary<string, Face> Named = new();

    /// <summary>Fonts that are asked first, in this order; then all other regular faces.</summary>
    private static readonly string[] Preferred =
    [
        "NotoSans-Regular", "NotoSansHebrew-Regular", "NotoSansArabic-Regular", "NotoEmoji-Regular", "NotoEmoji", "NotoSansSymbols2-Regular",
        "NotoSansSymbols-Regular", "NotoSansMath-Regular", "DejaVuSans",
    ];

    public static Face Regular => LazyRegular.Value;

    public static Face Bold => LazyBold.Value;

    /// <summary>Where the shipped fonts are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Documents", "Fonts");

    /// <summary>The face that draws a character: bold only where the bold file has it, else regular, else one of the machine's, else null.</summary>
    public static Face? Find(int codePoint, bool bold)
    {
        if (bold && Bold.Has(codePoint)) return Bold;
        if (Regular.Has(codePoint)) return Regular;
        return Substitutes.GetOrAdd(codePoint, static c => Installed.Value.Select(f => f.Value).FirstOrDefault(f => f?.Has(c) == true));
    }

    /// <summary>A face of the machine that has all these characters, or null.</summary>
    public static Face? FindForAll(IReadOnlyList<int> codePoints) =>
        Installed.Value.Select(f => f.Value).FirstOrDefault(f => f is not null && codePoints.All(f.Has));

    /// <summary>A face of the machine in which the character is at most half as wide as a Chinese one, or null.</summary>
    public static Face? FindNarrow(int codePoint) =>
        NarrowOnes.GetOrAdd(codePoint, static c => Installed.Value.Select(f => f.Value).FirstOrDefault(f => f?.Has(c) == true && f.File.Width(c) < 0.55));

    /// <summary>A face that <see cref="Find"/> has returned, by its name.</summary>
    public static Face? ByName(string name) => Named.GetValueOrDefault(name);

    private static Face Shipped(string weight)
    {
        var path = Path.Combine(Folder, $"NotoSansSC-{weight}.ttf");
        return Load($"NotoSansSC-{weight}", path) ?? throw new InvalidOperationException($"{path} is no TrueType font.");
    }

    private static Face? Load(string name, string path)
    {
        if (FontFile.Read(File.ReadAllBytes(path)) is not { } file) return null;
        var face = new Face(name, path, file);
        Named[name] = face;
        return face;
    }

    private static IReadOnlyList<Lazy<Face?>> FindInstalled()
    {
        var root = Path.DirectorySeparatorChar.ToString();
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string[] folders =
        [
            Path.Combine(root, "usr", "share", "fonts"), Path.Combine(root, "usr", "local", "share", "fonts"),
            Path.Combine(home, ".local", "share", "fonts"), Path.Combine(home, ".fonts"),
            Environment.GetFolderPath(Environment.SpecialFolder.Fonts),
        ];
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 6 };
        return
        [
            .. from folder in folders.Where(f => f.Length > 0 && Directory.Exists(f)).Distinct()
               from path in Directory.EnumerateFiles(folder, "*.ttf", options)
               let name = Path.GetFileNameWithoutExtension(path)
               let rank = Array.IndexOf(Preferred, name)
               where rank >= 0 || name.EndsWith("-Regular", StringComparison.Ordinal)
               orderby rank < 0, rank, name.Contains("Sans", StringComparison.Ordinal) ? 0 : 1, name
               select new Lazy<Face?>(() => LoadInstalled(name, path)),
        ];
    }

    // A font that can't be read is as if it were not there.
    private static Face? LoadInstalled(string name, string path)
    {
        try
        {
            return Load($"installed {name}", path);
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
