using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Normalises typed codes and numbers: full-width characters, blanks, apostrophes, separators.</summary>
internal static partial class TypedText
{
    private const int MinPhone = 3;
    private const int MaxPhone = 20;

    /// <summary>Folded and trimmed, without invisible characters and without an apostrophe that marks text in Excel.</summary>
    public static string Clean(string text) => WithoutApostrophe(IsPlain(text) ? text : CleanText.Clean(text));

    /// <summary>
    /// Without a leading apostrophe, if the rest would be a number or a formula to Excel, or was marked by <see cref="WithApostrophe"/>.
    /// </summary>
    public static string WithoutApostrophe(string text) => IsMarked(text) ? text[1..].TrimStart() : text;

    /// <summary>Text for an export: with one more apostrophe, if an import would take its own for a mark.</summary>
    public static string WithApostrophe(string text) => IsMarked(text) ? "'" + text : text;

    private static bool IsMarked(string text) => text is ['\'' or '’' or '‘' or '＇', .. { Length: > 0 } rest]
        && (char.IsAsciiDigit(rest[0]) || rest[0] is '=' or '+' or '-' or '@' || IsPlain(rest) || IsMarked(rest));

    public static bool IsBlank(string text) => string.IsNullOrWhiteSpace(text) || !IsPlain(text) && CleanText.Clean(text).Length == 0;

    /// <summary>Whether it is scientific notation, as Excel shows long numbers and saves them in CSV files.</summary>
    public static bool IsScientific(string text) => text.Contains('E', StringComparison.OrdinalIgnoreCase) && Scientific().IsMatch(Clean(text));

    /// <summary>Without ".0", which some programs append to whole numbers.</summary>
    public static string WithoutPoint(string text) => text.EndsWith(".0", StringComparison.Ordinal) && WholeWithPoint().IsMatch(text)
        ? text[..text.IndexOf('.', StringComparison.Ordinal)]
        : text;

    public static string? Phone(string text)
    {
        var clean = WithoutPoint(Clean(text));
        var phone = new StringBuilder(clean.Length);
        foreach (var c in clean)
        {
            if (char.IsAsciiDigit(c) || c == '+' && phone.Length == 0) phone.Append(c);
            else if (!char.IsWhiteSpace(c) && char.GetUnicodeCategory(c) != UnicodeCategory.DashPunctuation && c is not ('(' or ')' or '.' or '\u2212'))
                return null;
        }
        var digits = phone.Length > 0 && phone[0] == '+' ? phone.Length - 1 : phone.Length;
        return digits is >= MinPhone and <= MaxPhone ? phone.ToString() : null;
    }

    /// <summary>A number with or without thousands separators and currency sign; otherwise null.</summary>
    public static decimal? Number(string text)
    {
        var clean = Clean(text).Replace('\u2212', '-').TrimStart('¥', '￥').TrimEnd('元');
        if (clean.Contains(' ', StringComparison.Ordinal)) clean = clean.Replace(" ", "", StringComparison.Ordinal);
        return NumberTyped().IsMatch(clean) && decimal.TryParse(clean.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.Float & ~NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>A quick check for the common case that there is nothing to fold or trim.</summary>
    private static bool IsPlain(string text)
    {
        foreach (var c in text)
            if (c is not (> ' ' and < '\u007F' and not '\'' or >= '\u4E00' and <= '\u9FFF')) return false;
        return true;
    }

    [GeneratedRegex(@"^[+-]?\d(\.\d+)?[Ee]\+\d{1,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Scientific();

    [GeneratedRegex(@"^\d+\.0+$", RegexOptions.CultureInvariant)]
    private static partial Regex WholeWithPoint();

    [GeneratedRegex(@"^[+-]?((\d+|\d{1,3}(,\d{3})+)(\.\d*)?|\.\d+)$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberTyped();
}
