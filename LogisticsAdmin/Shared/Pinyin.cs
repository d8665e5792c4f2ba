using System.Collections.Frozen;
using System.Text;

namespace LogisticsAdmin.Shared;

/// <summary>
/// How Chinese names are read, without tones: for finding 张三 by zs or zhangsan, and for lists in the order of a Chinese index.
/// Characters have their most common reading, surnames the one they have as surnames; a ü is written v, as on keyboards.
/// </summary>
public static class Pinyin
{
    // Readings of U+4E00 to U+9FFF: a line each, "zhang 张章…", derived from pinyin-pro (MIT licence).
    private static readonly Lazy<FrozenDictionary<char, string>> Readings = new(Read);

    private static readonly FrozenDictionary<string, string[]> Surnames = """
        曾 zeng/单 shan/仇 qiu/解 xie/区 ou/查 zha/朴 piao/盖 ge/乐 yue/缪 miao/召 shao/员 yun/折 she/薄 bo/繁 po/牟 mou/於 yu/尉迟 yu chi/
        万俟 mo qi/长孙 zhang sun/欧阳 ou yang/司马 si ma/上官 shang guan/诸葛 zhu ge/夏侯 xia hou/皇甫 huang fu/令狐 ling hu/慕容 mu rong/
        司徒 si tu/公孙 gong sun/宇文 yu wen/轩辕 xuan yuan/东方 dong fang/西门 xi men/南宫 nan gong
        """.Split('/').Select(line => line.Trim().Split(' ')).ToFrozenDictionary(words => words[0], words => words[1..]);

    /// <summary>Surname and given name as one word each, then the initials: "wang xiaoyu wxy". Other scripts stay as they are, in lower case.</summary>
    public static (string Full, string Initials) OfName(string name)
    {
        List<string> surname = [], given = [];
        var rest = name.AsSpan().Trim();
        for (var length = Math.Min(2, rest.Length); length > 0 && surname.Count == 0; length--)
        {
            // Two characters that could be a two-character surname are read as a surname and a given name of one character each.
            if (length == 2 && rest.Length == 2) continue;
            if (!Surnames.TryGetValue(rest[..length].ToString(), out var reading)) continue;
            surname.AddRange(reading);
            rest = rest[length..];
        }
        foreach (var syllable in Syllables(rest))
        {
            if (surname.Count == 0) surname.Add(syllable);
            else given.Add(syllable);
        }
        var full = given.Count == 0 ? string.Concat(surname) : $"{string.Concat(surname)} {string.Concat(given)}";
        return (full, string.Concat(surname.Concat(given).Select(s => s[0])));
    }

    /// <summary>The reading of other words than names, and its initials: "sanjiaofa sjf".</summary>
    public static (string Full, string Initials) OfWords(string text)
    {
        var syllables = Syllables(text);
        return (string.Concat(syllables), string.Concat(syllables.Select(s => s[0])));
    }

    /// <summary>A syllable for each Chinese character, a word for each run of other letters and digits.</summary>
    private static List<string> Syllables(ReadOnlySpan<char> text)
    {
        List<string> syllables = [];
        var word = new StringBuilder();
        foreach (var letter in text)
        {
            if (Readings.Value.TryGetValue(letter, out var reading))
            {
                Flush();
                syllables.Add(reading);
            }
            else if (char.IsAsciiLetterOrDigit(letter) || (letter > 0x7F && char.IsLetter(letter)))
            {
                word.Append(char.ToLowerInvariant(letter));
            }
            else
            {
                Flush();
            }
        }
        Flush();
        return syllables;

        void Flush()
        {
            if (word.Length == 0) return;
            syllables.Add(word.ToString());
            word.Clear();
        }
    }

    private static FrozenDictionary<char, string> Read()
    {
        using var lines = new StreamReader(typeof(Pinyin).Assembly.GetManifestResourceStream("LogisticsAdmin.Shared.pinyin.txt")!);
        Dictionary<char, string> readings = [];
        while (lines.ReadLine() is { } line)
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            foreach (var character in line.AsSpan(space + 1)) readings[character] = line[..space];
        }
        return readings.ToFrozenDictionary();
    }
}
