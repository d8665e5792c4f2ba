using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

internal static partial class ArchitectureRules
{
    private const string DocumentEngines = "LogisticsAdmin/Documents/DocumentsSetup.cs";

    /// <summary>Each library of PDF files is known in the folder of its engine alone, and the engines are chosen in one file.</summary>
    public static IEnumerable<string> PdfEnginesStayInTheirFolders(string path, string text)
    {
        if (!path.StartsWith("LogisticsAdmin/", StringComparison.Ordinal) || path == DocumentEngines) yield break;
        if (!path.StartsWith("LogisticsAdmin/Documents/PdfSharp/", StringComparison.Ordinal) && PdfSharpNamed().Match(Code(text)) is { Success: true } first)
            yield return $"{path} names {first.Value}: only Documents/PdfSharp knows that library.";
        if (!path.StartsWith("LogisticsAdmin/Documents/QuestPdf/", StringComparison.Ordinal) && QuestPdfNamed().Match(Code(text)) is { Success: true } second)
            yield return $"{path} names {second.Value}: only Documents/QuestPdf knows that library.";
    }

    /// <summary>What can't be compiled on every machine stays small.</summary>
    public static IEnumerable<string> TheSecondEngineIsSmall(IReadOnlyDictionary<string, string> sources)
    {
        var lines = sources.Where(s => s.Key.StartsWith("LogisticsAdmin/Documents/QuestPdf/", StringComparison.Ordinal)).Sum(s => Lines(s.Value));
        return lines is > 0 and < 250 ? [] : [$"LogisticsAdmin/Documents/QuestPdf has {lines} lines: it stays under 250."];
    }

    [GeneratedRegex(@"\bPdfSharp\w*")]
    private static partial Regex PdfSharpNamed();

    [GeneratedRegex(@"\bQuestP(DF|df)\w*")]
    private static partial Regex QuestPdfNamed();
}
