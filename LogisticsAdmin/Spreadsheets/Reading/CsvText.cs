using System.Buffers;
using System.Text;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>Encoding of a text file, where its text begins after a byte order mark, and the character that separates its columns.</summary>
internal sealed record CsvText(Encoding Encoding, int Start, char Separator)
{
    private const int SampleLength = 64 * 1024;
    private const int SampleLines = 20;

    private static readonly SearchValues<byte> Separators = SearchValues.Create("\r\n\t,;\""u8);
    private static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16 = new(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true);
    private static readonly UnicodeEncoding Utf16Big = new(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true);

    // Excel on a Chinese Windows saves "CSV" in GBK, which is a subset.
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback,
        DecoderFallback.ExceptionFallback)!;

    /// <summary>Refuses a file that is not text in any of the four encodings, and HTML, PDF or RTF.</summary>
    public static CsvText Of(Stream stream, ReadBudget budget)
    {
        var head = new byte[SampleLength];
        stream.Position = 0;
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        var (encoding, start) = ByByteOrderMark(head);
        encoding ??= ByZeroBytes(head) ?? (IsText(stream, Utf8, 0, budget) ? Utf8 : Gb18030);
        if (encoding != Utf8 || start > 0)
            if (!IsText(stream, encoding, start, budget)) throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        // The sample may end inside a character, so the decoder is not flushed.
        var decoder = encoding.GetDecoder();
        var text = new char[SampleLength];
        decoder.Convert(head.AsSpan(start), text, flush: false, out _, out var length, out _);
        var begin = text.AsSpan(0, length);
        var first = begin.TrimStart();
        if (first.StartsWith("<") || first.StartsWith("%PDF") || first.StartsWith("{\\rtf")) throw Rejected.Because<SpreadsheetsText>("NotAWorkbook");
        return new CsvText(encoding, start, SeparatorOf(begin));
    }

    private static (Encoding? Encoding, int Start) ByByteOrderMark(ReadOnlySpan<byte> head) => head switch
    {
        [0xEF, 0xBB, 0xBF, ..] => (Utf8, 3),
        [0xFF, 0xFE, ..] => (Utf16, 2),
        [0xFE, 0xFF, ..] => (Utf16Big, 2),
        _ => (null, 0),
    };

    /// <summary>
    /// In UTF-16, line ends and separators have one zero byte each, always at the same side. So do Chinese characters such as 一 (4E00), at
    /// the other side, but read the other way round they are none of these. Without any, digits decide.
    /// </summary>
    private static UnicodeEncoding? ByZeroBytes(ReadOnlySpan<byte> head)
    {
        foreach (var marks in new[] { Separators, Digits })
        {
            var (little, big) = (0, 0);
            for (var i = 0; i + 1 < head.Length; i += 2)
            {
                if (head[i + 1] == 0 && marks.Contains(head[i])) little++;
                if (head[i] == 0 && marks.Contains(head[i + 1])) big++;
            }
            if (little != big) return little > big ? Utf16 : Utf16Big;
        }
        return null;
    }

    private static bool IsText(Stream stream, Encoding encoding, int start, ReadBudget budget)
    {
        var bytes = new byte[SampleLength];
        var text = new char[encoding.GetMaxCharCount(bytes.Length)];
        var decoder = encoding.GetDecoder();
        stream.Position = start;
        try
        {
            for (int read; (read = stream.Read(bytes)) > 0;)
            {
                budget.Check();
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

    /// <summary>The separator that splits most of the first lines into the same number of columns, unless a first line "sep=;" names it.</summary>
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
            if (counts.Count == SampleLines) return counts;
        }
        counts.Add(count);
        return counts;
    }
}
