using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>The allowed dependencies between the sub-slices of Repairs (DESIGN.md section 3), and the names of files.</summary>
internal static partial class ArchitectureRules
{
    private const int LongestLine = 160;

    private static readonly string[] Basis = ["Tickets", "Costs", "Work", "Reading"];
    private static readonly string[] Middle = ["Crews", "Slips", "LogImport", "Settings", "Figures"];

    /// <summary>Which sub-slices each sub-slice of Repairs may name. Those in the same row never name each other.</summary>
    private static readonly Dictionary<string, string[]> MayName = new()
    {
        ["Tickets"] = [],
        ["Costs"] = ["Tickets"],
        ["Work"] = ["Tickets"],
        ["Reading"] = ["Tickets", "Costs"],
        ["Crews"] = Basis,
        ["Slips"] = Basis,
        ["LogImport"] = Basis,
        ["Settings"] = Basis,
        ["Figures"] = Basis,
        ["Desk"] = [.. Basis, .. Middle],
        ["Phone"] = [.. Basis, .. Middle],
        ["Demo"] = [.. Basis, .. Middle, "Desk", "Phone"],
    };

    public static IEnumerable<string> SubSlicesOfRepairsPointOneWay(string path, string text)
    {
        // Files directly in the slice's folder (setup, words) belong to the whole slice and may use all of it.
        if (path.Split('/') is not ["LogisticsAdmin", "Features", "Repairs", var own, _, ..]) yield break;
        if (!MayName.TryGetValue(own, out var allowed))
        {
            yield return $"{path}: the sub-slice {own} has no place among those of Repairs.";
            yield break;
        }
        foreach (var named in SubSliceNamed().Matches(Code(text)).Select(m => m.Groups["sub"].Value).Distinct())
        {
            if (named != own && MayName.ContainsKey(named) && !allowed.Contains(named))
                yield return $"{path} names {named}: {own} may name {NamesOf(allowed)} only.";
        }
    }

    /// <summary>An enum has a file of its own, named after it.</summary>
    public static IEnumerable<string> EnumsHaveAFileOfTheirOwn(string path, string text)
    {
        if (!path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal) || !path.EndsWith(".cs", StringComparison.Ordinal)) yield break;
        foreach (Match found in TopLevelEnum().Matches(text))
        {
            if (Path.GetFileNameWithoutExtension(path) != found.Groups["name"].Value)
                yield return $"{path}: the enum {found.Groups["name"].Value} has no file of its own.";
        }
    }

    /// <summary>A file is named after a type in it; only the small types of a slice's forms, rows and configuration share a file.</summary>
    public static IEnumerable<string> FilesAreNamedAfterAType(string path, string text)
    {
        if (!path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal) || !path.EndsWith(".cs", StringComparison.Ordinal)) yield break;
        if (path.Contains("/Migrations/", StringComparison.Ordinal)) yield break;
        var name = Path.GetFileName(path).Split('.')[0];
        if (name.EndsWith("Forms", StringComparison.Ordinal) || name.EndsWith("Rows", StringComparison.Ordinal)) yield break;
        if (name.EndsWith("Configuration", StringComparison.Ordinal)) yield break;
        var types = TopLevelType().Matches(text).Select(m => m.Groups["name"].Value).ToHashSet();
        if (types.Count > 0 && !types.Contains(name)) yield return $"{path} holds {string.Join(", ", types)} and is named after none of them.";
    }

    /// <summary>A line of code, markup, styles or scripts has at most 160 characters.</summary>
    public static IEnumerable<string> LinesAreShort(string path, string text) =>
        text.Split('\n').Index().Where(l => l.Item.TrimEnd('\r').Length > LongestLine)
            .Select(l => $"{path}({l.Index + 1}) is longer than {LongestLine} characters.");

    private static string NamesOf(string[] names) => names.Length == 0 ? "none" : string.Join(", ", names);

    // The second form is a name relative to the namespace of Repairs.
    [GeneratedRegex(@"\bFeatures\.Repairs\.(?<sub>[A-Z]\w*)"
        + @"|(?<![\w.""/])(?<sub>Tickets|Costs|Work|Reading|Crews|Slips|LogImport|Settings|Figures|Desk|Phone|Demo)\.[A-Z]")]
    private static partial Regex SubSliceNamed();

    [GeneratedRegex(
        @"^(public |internal |static |sealed |abstract |partial |readonly |ref )*(record struct|record|class|struct|interface|enum) (?<name>\w+)",
        RegexOptions.Multiline)]
    private static partial Regex TopLevelType();

    [GeneratedRegex(@"^(public |internal )?enum (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex TopLevelEnum();
}
