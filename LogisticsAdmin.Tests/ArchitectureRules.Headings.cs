using System.Text.RegularExpressions;

namespace LogisticsAdmin.Tests;

/// <summary>After a navigation the heading of the page gets the focus. One that appears with the data comes too late for it.</summary>
internal static partial class ArchitectureRules
{
    /// <summary>The text must include the _Imports of the page's folders. <paramref name="parts"/>: components that bring the heading of a page.</summary>
    public static IEnumerable<string> HeadingsAreThereAtOnce(string path, string text, IReadOnlySet<string> parts) =>
        path.EndsWith(".razor", StringComparison.Ordinal) && Routed().IsMatch(text)
        && !text.Contains("@attribute [ExcludeFromInteractiveRouting]", StringComparison.Ordinal) && !HasHeadingAtOnce(text, parts)
            ? [$"{path}: an interactive page has one h1 that is there from the beginning, outside of all conditions, so that it gets the focus."]
            : [];

    /// <summary>Whether the markup has one heading, and not within a block of code such as @if.</summary>
    public static bool HasHeadingAtOnce(string text, IReadOnlySet<string> parts)
    {
        List<int> depths = [];
        var depth = 0;
        foreach (var line in Code(text).Split("\n@code")[0].Split('\n').Select(l => l.Trim()))
        {
            // Blocks of code have lines of their own for their braces.
            if (line.StartsWith('}')) depth--;
            if (line is "{" or "@{") depth++;
            var headings = OpenedTag().Matches(line).Select(t => t.Groups["name"].Value).Count(name => name == "h1" || parts.Contains(name));
            depths.AddRange(Enumerable.Repeat(depth, headings));
        }
        return depths is [0];
    }

    [GeneratedRegex(@"^@page ", RegexOptions.Multiline)]
    private static partial Regex Routed();

    [GeneratedRegex(@"<(?<name>\w+)")]
    private static partial Regex OpenedTag();
}
