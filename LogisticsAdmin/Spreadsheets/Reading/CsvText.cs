using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>How the bytes of a text file are meant: its encoding, where its text begins, and what separates its columns.</summary>
internal sealed record CsvText(Encoding Encoding, int Start, char Separator)
{
    private const int HeadLength = 64 * 1024;
    private const int LinesLookedAt = 20;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    // What Excel saves as "CSV" on a Chinese Windows; GBK is part of it.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback)!;

    /// <summary>Refuses what is no text in any of the four encodings, and markup, which is text but no table.</summary>
    public static CsvText Of(Stream stream, ReadBudget budget)
    {
        var head = new byte[HeadLength];
        stream.Position = 0;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var (encoding, start) = Marked(head);
        encoding ??= Unmarked(head) ?? (IsText(stream, Utf8, 0, budget) ? Utf8 : Gb18030);
        if (encoding != Utf8 || start > 0)
            if (!IsText(stream, encoding, start, budget)) throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        // The last character may be cut off.
        var decoder = encoding.GetDecoder();
        var text = new char[HeadLength];
        decoder.Convert(head.AsSpan(start), text, flush: false, out _, out var length, out _);
        var begin = text.AsSpan(0, length);
        var first = begin.TrimStart();
        if (first.StartsWith("<") || first.StartsWith("%PDF") || first.StartsWith("{\\rtf")) throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        return new CsvText(encoding, start, SeparatorOf(begin));
    }

    private static (Encoding? Encoding, int Start) Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (Utf16, 2),
        [0xFE, 0xFF, ..] => (Utf16Big, 2),
        _ => (null, 0),
    };

    /// <summary>Separators and digits of UTF-16 text have a zero byte each, always on the same side.</summary>
    private static UnicodeEncoding? Unmarked(ReadOnlySpan<byte> head)
    {
        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < head.Length; i += 2)
        {
            if (head[i] == 0) even++;
            if (head[i + 1] == 0) odd++;
        }
        return (even, odd) switch { (0, > 0) => Utf16, ( > 0, 0) => Utf16Big, _ => null };
    }

    private static bool IsText(Stream stream, Encoding encoding, int start, ReadBudget budget)
    {
        var bytes = new byte[HeadLength];
        var text = new char[encoding.GetMaxCharCount(bytes.Length)];
        var decoder = encoding.GetDecoder();
        stream.Position = start;
        try
        {
            for (int read; (read = stream.Read(bytes)) > 0;)
            {
                budget.Look();
                var length = decoder.GetChars(bytes.AsSpan(0, read), text, flush: false);
                if (text.AsSpan(0, length).Contains('\0')) return false;
            }
            decoder.GetChars([], text, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    /// <summary>The one that divides most of the first lines into the same number of columns; a hint that Excel wrote wins.</summary>
    private static char SeparatorOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text.Length > 4 && text[4] is ',' or ';' or '\t') return text[4];
        var (best, score) = (',', 0);
        foreach (var separator in ",\t;")
        {
            var counts = CountsByLine(text, separator).Where(c => c > 0).GroupBy(c => c).Select(g => g.Count() * g.Key).ToList();
            if (counts.Count > 0 && counts.Max() > score) (best, score) = (separator, counts.Max());
        }
        return best;
    }

    private static List<int> CountsByLine(ReadOnlySpan<char> text, char separator)
    {
        List<int> counts = [];
        var (count, quoted) = (0, false);
        foreach (var c in text)
        {
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            if (c == separator) count++;
            if (c != '\n') continue;
            counts.Add(count);
            count = 0;
            if (counts.Count == LinesLookedAt) return counts;
        }
        counts.Add(count);
        return counts;
    }
}
