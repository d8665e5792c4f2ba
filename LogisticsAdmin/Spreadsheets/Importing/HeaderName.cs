using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A header as it is compared: folded, in lower case, without spaces and punctuation; <see cref="Core"/> is also without what stands in
/// brackets, such as 电话（必填）, and keeps spaces between Latin words, so that "name" is not found in "username".
/// </summary>
internal readonly record struct HeaderName(string Whole, string Core)
{
    // A header that is mostly other words names something else: 紧急联系人电话 is not 电话.
    private const double LeastShare = 0.4;

    public static HeaderName Of(string header)
    {
        var folded = CleanText.Code(header).ToLowerInvariant();
        var core = Words(WithoutBrackets(folded));
        var whole = Joined(Words(folded));
        return new HeaderName(whole, core.Length > 0 ? core : Words(folded));
    }

    /// <summary>3 the same, 2 the same but for brackets, between 0 and 1 the share of the header that it is; 0 when it is another.</summary>
    public double Likeness(HeaderName called)
    {
        if (Whole.Length == 0 || called.Whole.Length == 0) return 0;
        if (Whole == called.Whole) return 3;
        if (Joined(Core) == Joined(called.Core)) return 2;
        if (called.Core.Length < 2) return 0;
        var share = (double)called.Core.Length / Core.Length;
        return share is >= LeastShare and < 1 && Holds(Core, called.Core) ? share : 0;
    }

    private static bool Holds(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            var end = at + part.Length;
            if ((at == 0 || !IsOneWord(text[at - 1], text[at])) && (end == text.Length || !IsOneWord(text[end - 1], text[end]))) return true;
        }
        return false;
    }

    private static bool IsOneWord(char a, char b) => char.IsAsciiLetterOrDigit(a) && char.IsAsciiLetterOrDigit(b);

    private static string Joined(string words) => words.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Letters and digits; a space only where it parts Latin words.</summary>
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        var parted = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                parted = true;
                continue;
            }
            if (parted && words.Length > 0 && IsOneWord(words[^1], c)) words.Append(' ');
            parted = false;
            words.Append(c);
        }
        return words.ToString();
    }

    private static string WithoutBrackets(string text)
    {
        var kept = new StringBuilder(text.Length);
        var depth = 0;
        foreach (var c in text)
        {
            if (c is '(' or '[' or '【' or '〔' or '{' or '<' or '《') depth++;
            else if (c is ')' or ']' or '】' or '〕' or '}' or '>' or '》') depth = Math.Max(0, depth - 1);
            else if (depth == 0) kept.Append(c);
        }
        return kept.ToString();
    }
}
