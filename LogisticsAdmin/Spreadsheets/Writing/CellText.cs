using System.Buffers;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// Makes text fit for a cell: control characters are left out, lone surrogates become U+FFFD, and text beyond Excel's limit of 32,767
/// characters is cut with an ellipsis.
/// </summary>
internal static class CellText
{
    public const int MaxLength = 32_767;

    private static readonly SearchValues<char> Awkward = SearchValues.Create([.. Unprintable(), .. Surrogates(), '\r', '_']);
    private static readonly SearchValues<char> Plain = SearchValues.Create([.. Unprintable(), .. Surrogates()]);
    private static readonly SearchValues<char> Quoted = SearchValues.Create("\",\r\n\t;");
    private static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Text for a cell of a workbook. Line ends become line feeds, as in Excel.</summary>
    public static string ForWorkbook(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAny(Awkward)) return text;
        var fitting = Shorten(text, out var isCut);
        var clean = new StringBuilder(fitting.Length);
        for (var at = 0; at < fitting.Length;)
        {
            Rune.DecodeFromUtf16(fitting[at..], out var rune, out var used);
            // Excel decodes _x0041_ as A, so the underscore is escaped.
            if (rune.Value == '_' && IsEscape(fitting[at..])) clean.Append("_x005F_");
            else if (rune.Value != '\r') AppendPrintable(clean, rune);
            else if (!fitting[(at + 1)..].StartsWith('\n')) clean.Append('\n');
            at += used;
        }
        return isCut ? clean.Append('…').ToString() : clean.ToString();
    }

    /// <summary>
    /// Writes a field according to RFC 4180. Text that a spreadsheet would run as a formula gets a leading apostrophe, also when its sign
    /// is full-width or follows white space.
    /// </summary>
    public static void WriteCsv(IBufferWriter<byte> to, ReadOnlySpan<char> text)
    {
        text = Shorten(text, out var isCut);
        var clean = text.IndexOfAny(Plain) < 0 ? text : Clean(text);
        var startsFormula = StartsFormula(clean);
        var isQuoted = clean.IndexOfAny(Quoted) >= 0 || clean.StartsWith(' ') || clean.EndsWith(' ');
        if (isQuoted) to.Write("\""u8);
        if (startsFormula) to.Write("'"u8);
        while (isQuoted && clean.IndexOf('"') is var at and >= 0)
        {
            Encoding.UTF8.GetBytes(clean[..(at + 1)], to);
            to.Write("\""u8);
            clean = clean[(at + 1)..];
        }
        Encoding.UTF8.GetBytes(clean, to);
        if (isCut) to.Write("…"u8);
        if (isQuoted) to.Write("\""u8);
    }

    private static bool StartsFormula(ReadOnlySpan<char> text) => text.Length > 0
        && (text[0] is '\t' or '\r' or '\n' || (text.TrimStart() is { Length: > 0 } said && said[0] is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠'));

    private static ReadOnlySpan<char> Shorten(ReadOnlySpan<char> text, out bool isCut)
    {
        isCut = text.Length > MaxLength;
        if (!isCut) return text;
        var end = MaxLength - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)];
    }

    private static string Clean(ReadOnlySpan<char> text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes()) AppendPrintable(clean, rune);
        return clean.ToString();
    }

    private static void AppendPrintable(StringBuilder to, Rune rune)
    {
        if (!rune.IsBmp || !IsUnprintable((char)rune.Value)) to.Append(rune);
    }

    /// <summary>Whether the text begins with _xHHHH_.</summary>
    private static bool IsEscape(ReadOnlySpan<char> text) =>
        text.Length >= 7 && text[1] is 'x' && text[6] is '_' && !text[2..6].ContainsAnyExcept(Hex);

    private static bool IsUnprintable(char c) => c is (< ' ' and not ('\t' or '\n' or '\r')) or '\uFFFE' or '\uFFFF';

    private static IEnumerable<char> Unprintable() => Enumerable.Range(0, ' ').Append('\uFFFE').Append('\uFFFF').Select(c => (char)c).Where(IsUnprintable);

    private static IEnumerable<char> Surrogates() => Enumerable.Range(0xD800, 0x800).Select(c => (char)c);
}
