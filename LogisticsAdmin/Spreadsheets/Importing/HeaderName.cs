using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// A header normalised for comparison: folded, in lower case, without spaces and punctuation. <see cref="Core"/> also drops text in
/// brackets, such as 电话（必填）, and keeps spaces between Latin words, so that "name" is not found in "username".
/// </summary>
internal readonly record struct HeaderName(string Whole, string Core)
{
    // A header that consists mostly of other words means something else: 紧急联系人电话 is not 电话.
    private const double MinShare = 0.4;

    public static HeaderName Of(string header)
    {
        var folded = CleanText.Clean(header).ToLowerInvariant();
        var core = Words(WithoutBrackets(folded));
        var whole = Joined(Words(folded));
        return new HeaderName(whole, core.Length > 0 ? core : Words(folded));
    }

    /// <summary>3 when equal, 2 when equal without brackets, otherwise the share of the header that the name makes up; 0 when unrelated.</summary>
    public double Similarity(HeaderName other)
    {
        if (Whole.Length == 0 || other.Whole.Length == 0) return 0;
        if (Whole == other.Whole) return 3;
        if (Joined(Core) == Joined(other.Core)) return 2;
        if (other.Core.Length < 2) return 0;
        var share = (double)other.Core.Length / Core.Length;
        return share is >= MinShare and < 1 && Contains(Core, other.Core) ? share : 0;
    }

    private static bool Contains(string text, string part)
    {
        for (var at = text.IndexOf(part, StringComparison.Ordinal); at >= 0; at = text.IndexOf(part, at + 1, StringComparison.Ordinal))
        {
            var end = at + part.Length;
            if ((at == 0 || !AreOneWord(text[at - 1], text[at])) && (end == text.Length || !AreOneWord(text[end - 1], text[end]))) return true;
        }
        return false;
    }

    private static bool AreOneWord(char a, char b) => char.IsAsciiLetterOrDigit(a) && char.IsAsciiLetterOrDigit(b);

    private static string Joined(string words) => words.Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Letters and digits, and a space only between Latin words.</summary>
    private static string Words(string text)
    {
        var words = new StringBuilder(text.Length);
        var isSeparated = false;
        foreach (var c in text)
        {
            if (!char.IsLetterOrDigit(c))
            {
                isSeparated = true;
                continue;
            }
            if (isSeparated && words.Length > 0 && AreOneWord(words[^1], c)) words.Append(' ');
            isSeparated = false;
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
