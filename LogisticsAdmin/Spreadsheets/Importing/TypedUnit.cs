using System.Globalization;
using System.Text.RegularExpressions;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Numbers as offices type them, with a unit. Each method expects clean text and returns what it does not know as it is.</summary>
internal static partial class TypedUnit
{
    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;
    private const string Numerals = "零一二三四五六七八九十";

    /// <summary>2021级 is 2021. 2021届 is a year of graduation, so it stays unread.</summary>
    public static string Year(string text) => Years().Match(text) is { Success: true } match ? match.Groups["n"].Value : text;

    /// <summary>7层, 第七层 and 7F are 7; B1, 负1层 and 地下一层 are -1.</summary>
    public static string Floor(string text) =>
        Floors().Match(text) is { Success: true } match ? (match.Groups["below"].Success ? "-" : "") + Digits(match.Groups["n"].Value) : text;

    /// <summary>4人间, 四人间 and 4张床 are 4.</summary>
    public static string Beds(string text) => BedCounts().Match(text) is { Success: true } match ? Digits(match.Groups["n"].Value) : text;

    /// <summary>5星, 五星 and 5 stars are 5.</summary>
    public static string Stars(string text) => StarCounts().Match(text) is { Success: true } match ? Digits(match.Groups["n"].Value) : text;

    private static string Digits(string number) => number switch
    {
        "单" => "1",
        "双" or "两" => "2",
        [var one] when Numerals.IndexOf(one, StringComparison.Ordinal) is var value and >= 0 => value.ToString(CultureInfo.InvariantCulture),
        _ => number,
    };

    [GeneratedRegex(@"^(?<n>\d{4})\s*(级|年级?)$", Options)]
    private static partial Regex Years();

    [GeneratedRegex(@"^(第|(?<below>B|负|地下|-))?\s*(?<n>\d{1,3}|[零一二三四五六七八九十])\s*(层|楼|F)?$", Options)]
    private static partial Regex Floors();

    [GeneratedRegex(@"^(?<n>\d|[一二三四五])\s*(颗?星|分|stars?)$", Options)]
    private static partial Regex StarCounts();

    [GeneratedRegex(@"^(?<n>\d{1,3}|[一二三四五六七八九十单双两])\s*(人间|人|张床?|床|床位|个床位)$", Options)]
    private static partial Regex BedCounts();
}
