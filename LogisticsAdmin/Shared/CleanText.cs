using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LogisticsAdmin.Shared;

/// <summary>Removes characters nobody can see from names, codes and phone numbers; free text is kept as typed.</summary>
public static partial class CleanText
{
    private static readonly SearchValues<char> Dots = SearchValues.Create("·•‧・∙⋅");

    /// <summary>Trims, folds full-width forms and removes control, zero-width and direction characters.</summary>
    public static string Clean(string? typed) => string.IsNullOrWhiteSpace(typed) ? "" : Fold(typed).Trim();

    /// <summary>The same for a unit, in which m³ stays m³.</summary>
    public static string Unit(string? typed) => string.IsNullOrWhiteSpace(typed) ? "" : NoPower().Replace(typed, run => Fold(run.Value)).Trim();

    [GeneratedRegex("[^²³]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoPower();

    private static string Fold(string typed)
    {
        var kept = new StringBuilder(typed.Length);
        foreach (var rune in WithoutLoneSurrogates(typed).Normalize(NormalizationForm.FormKC).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format) continue;
            kept.Append(rune);
        }
        return kept.ToString();
    }

    /// <summary>
    /// A person's name, with one kind of dot and no spaces around it: input methods write the dot in names such as 阿卜杜拉·买买提 in several ways.
    /// </summary>
    public static string PersonName(string? typed)
    {
        var clean = Clean(typed);
        return clean.AsSpan().ContainsAny(Dots) ? DotInName().Replace(clean, "·") : clean;
    }

    [GeneratedRegex(@"\s*[·•‧・∙⋅]\s*", RegexOptions.CultureInvariant)]
    private static partial Regex DotInName();

    /// <summary>Normalises a name or code for comparison: 竹园 3 号楼 equals 竹园3号楼, and z3 equals Z3.</summary>
    public static string ComparisonKey(string? typed) => Clean(typed).Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>Replaces lone surrogates, which Unicode normalisation rejects, by U+FFFD.</summary>
    public static string WithoutLoneSurrogates(string text)
    {
        var at = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF');
        if (at < 0) return text;
        var whole = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) whole.Append(rune);
        return whole.ToString();
    }

    /// <summary>
    /// One line of free text for lists: the first words, at most <paramref name="length"/> characters, never splitting a character.
    /// </summary>
    public static string Summary(string text, int length = 60)
    {
        var line = text.AsSpan().Trim();
        if (line.IndexOfAny('\r', '\n') is var end and >= 0) line = line[..end];
        var elements = StringInfo.GetTextElementEnumerator(line.ToString());
        var kept = new StringBuilder();
        for (var n = 0; elements.MoveNext(); n++)
        {
            if (n == length) return kept.Append('…').ToString();
            kept.Append(elements.GetTextElement());
        }
        return kept.ToString();
    }
}
