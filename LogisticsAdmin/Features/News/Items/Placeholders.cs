using System.Text.RegularExpressions;

namespace LogisticsAdmin.Features.News.Items;

/// <summary>{Placeholders} of templates: words in braces that have to be replaced before anybody reads the text.</summary>
public static partial class Placeholders
{
    /// <summary>The names that stand in the texts, each once, in order.</summary>
    public static IReadOnlyList<string> In(params IEnumerable<string?> texts) =>
        [.. texts.SelectMany(t => Placeholder().Matches(t ?? "")).Select(m => m.Groups["name"].Value).Distinct()];

    /// <summary>The text with the known values; a name without a value stays as it is.</summary>
    public static string Fill(string? text, IReadOnlyDictionary<string, string> values) => Placeholder().Replace(
        text ?? "", m => values.TryGetValue(m.Groups["name"].Value, out var value) && value.Trim() is { Length: > 0 } known ? known : m.Value);

    [GeneratedRegex(@"\{(?<name>(?=[^{}]*\p{L})[\p{L}\p{N}][\p{L}\p{N} _-]{0,29})\}")]
    private static partial Regex Placeholder();
}
