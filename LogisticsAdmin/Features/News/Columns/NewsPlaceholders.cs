using System.Text.RegularExpressions;

namespace LogisticsAdmin.Features.News.Columns;

/// <summary>The {placeholders} of templates.</summary>
public static partial class NewsPlaceholders
{
    /// <summary>The different ones of these texts, without braces, in the order in which they first occur.</summary>
    public static IReadOnlyList<string> In(params IEnumerable<string?> texts) =>
        [.. texts.OfType<string>().SelectMany(text => Placeholder().Matches(text).Select(m => m.Groups[1].Value)).Distinct()];

    [GeneratedRegex(@"\{([^{}\r\n]{1,30})\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
