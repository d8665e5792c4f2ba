using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Features.News.Writing;

/// <summary>Some words of a line; whether they differ from the other side.</summary>
public sealed record DiffPart(string Text, bool IsChanged);

/// <summary>A line on both sides; the side on which there is none has no parts.</summary>
public sealed record DiffRow(DiffKind Kind, IReadOnlyList<DiffPart> Before, IReadOnlyList<DiffPart> After);

/// <summary>Compares two texts line by line, and changed lines word by word; each Chinese character is a word.</summary>
public static class TextDiff
{
    /// <summary>Texts that differ in more than this many pairs of lines are not matched any further, so that no comparison takes long.</summary>
    private const int MaxCells = 4_000_000;

    private const int MaxWordCells = 250_000;

    public static IReadOnlyList<DiffRow> Compare(string before, string after)
    {
        var (old, now) = (before.Split('\n'), after.Split('\n'));
        List<DiffRow> rows = [];
        var (i, j) = (0, 0);
        foreach (var (a, b) in Matches(old, now, MaxCells).Append((old.Length, now.Length)))
        {
            while (i < a && j < b) rows.Add(Changed(old[i++], now[j++]));
            while (i < a) rows.Add(new DiffRow(DiffKind.Removed, [new DiffPart(old[i++], true)], []));
            while (j < b) rows.Add(new DiffRow(DiffKind.Added, [], [new DiffPart(now[j++], true)]));
            if (a == old.Length) break;
            rows.Add(new DiffRow(DiffKind.Same, [new DiffPart(old[i++], false)], [new DiffPart(now[j++], false)]));
        }
        return rows;
    }

    private static DiffRow Changed(string before, string after)
    {
        var (old, now) = (Words(before), Words(after));
        var matches = Matches(old, now, MaxWordCells);
        return new DiffRow(DiffKind.Changed, Parts(old, matches.ConvertAll(m => m.Before)), Parts(now, matches.ConvertAll(m => m.After)));
    }

    private static List<DiffPart> Parts(List<string> words, List<int> same)
    {
        List<DiffPart> parts = [];
        var next = 0;
        for (var i = 0; i < words.Count; i++)
        {
            var isSame = next < same.Count && same[next] == i;
            if (isSame) next++;
            if (parts is [.., var last] && last.IsChanged == !isSame) parts[^1] = last with { Text = last.Text + words[i] };
            else parts.Add(new DiffPart(words[i], !isSame));
        }
        return parts;
    }

    private static List<string> Words(string line)
    {
        List<string> words = [];
        var word = new StringBuilder();
        foreach (var rune in line.EnumerateRunes())
        {
            // Letters and digits of other scripts form words; ideographs and signs stand alone.
            if (rune.Value < 0x2E80 && Rune.IsLetterOrDigit(rune))
            {
                word.Append(rune.ToString());
                continue;
            }
            End();
            if (words.Count > 0 && Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format) words[^1] += rune.ToString();
            else words.Add(rune.ToString());
        }
        End();
        return words;

        void End()
        {
            if (word.Length == 0) return;
            words.Add(word.ToString());
            word.Clear();
        }
    }

    /// <summary>Pairs of equal things, in order on both sides: the most there can be.</summary>
    private static List<(int Before, int After)> Matches(IReadOnlyList<string> before, IReadOnlyList<string> after, int maxCells)
    {
        var start = 0;
        while (start < before.Count && start < after.Count && before[start] == after[start]) start++;
        var (endBefore, endAfter) = (before.Count, after.Count);
        while (endBefore > start && endAfter > start && before[endBefore - 1] == after[endAfter - 1]) (endBefore, endAfter) = (endBefore - 1, endAfter - 1);

        List<(int Before, int After)> matches = [.. Enumerable.Range(0, start).Select(i => (i, i))];
        var (n, m) = (endBefore - start, endAfter - start);
        if ((long)n * m is > 0 and var cells && cells <= maxCells)
        {
            // The longest common subsequence of what is left, measured from its end.
            var lengths = new int[n + 1, m + 1];
            for (var i = n - 1; i >= 0; i--)
            {
                for (var j = m - 1; j >= 0; j--)
                {
                    lengths[i, j] = before[start + i] == after[start + j]
                        ? lengths[i + 1, j + 1] + 1 : Math.Max(lengths[i + 1, j], lengths[i, j + 1]);
                }
            }
            for (var (i, j) = (0, 0); i < n && j < m;)
            {
                if (before[start + i] == after[start + j]) matches.Add((start + i++, start + j++));
                else if (lengths[i + 1, j] >= lengths[i, j + 1]) i++;
                else j++;
            }
        }
        for (var i = endBefore; i < before.Count; i++) matches.Add((i, endAfter + i - endBefore));
        return matches;
    }
}
