using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// 过敏原 of a dish: the common ones, which are shown in the reader's language, and others in words. In a text common ones are recognised by their
/// names, in both languages and under usual other names; what is not recognised stays as it was typed.
/// </summary>
public sealed partial class AllergenList
{
    private static readonly Dictionary<Allergen, LocalName> Names =
        Enum.GetValues<Allergen>().ToDictionary(a => a, a => LocalName.Of<OrdersText>($"Allergen.{a}"));

    private static readonly Dictionary<string, Allergen> Spellings = ReadSpellings();

    private AllergenList(IReadOnlyList<Allergen> known, string other) => (Known, Other) = (known, other);

    /// <summary>In the order of <see cref="Allergen"/>.</summary>
    public IReadOnlyList<Allergen> Known { get; }

    /// <summary>Empty when there are no others.</summary>
    public string Other { get; }

    /// <summary>Reads a stored text, or one that was typed: words between commas.</summary>
    public static AllergenList Parse(string? text)
    {
        SortedSet<Allergen> known = [];
        var other = new StringBuilder();
        var isAfterOther = false;
        foreach (Match piece in Piece().Matches(CleanText.Clean(text)))
        {
            var word = piece.Groups["word"].Value.Trim();
            var found = Find(word);
            known.UnionWith(found);
            if (found.Count == 0)
            {
                // A sentence keeps its commas.
                if (other.Length > 0) other.Append(isAfterOther ? piece.Groups["before"].Value : "、");
                other.Append(word);
            }
            isAfterOther = found.Count == 0;
        }
        return new AllergenList([.. known], other.ToString());
    }

    /// <summary>What these and the others in words are, as it is stored.</summary>
    public static string Of(IEnumerable<Allergen> known, string? other) =>
        Parse(string.Join('、', known.Select(a => a.ToString()).Append(other ?? ""))).ToString();

    public static LocalName NameOf(Allergen allergen) => Names[allergen];

    /// <summary>In the reader's language.</summary>
    public string Show() => Joined(Languages.IsChinese(CultureInfo.CurrentUICulture) ? "、" : ", ", a => Names[a].ToString());

    /// <summary>As it is stored: the same list is always the same text.</summary>
    public override string ToString() => Joined("、", a => a.ToString());

    private string Joined(string separator, Func<Allergen, string> name) =>
        string.Join(separator, Other.Length == 0 ? Known.Select(name) : [.. Known.Select(name), Other]);

    /// <summary>One, or several that are only apart by spaces; none when a part of it is unknown.</summary>
    private static List<Allergen> Find(string word)
    {
        if (Spellings.TryGetValue(CleanText.ComparisonKey(word), out var one)) return [one];
        List<Allergen> all = [];
        foreach (var part in word.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Spellings.TryGetValue(CleanText.ComparisonKey(part), out var next)) return [];
            all.Add(next);
        }
        return all;
    }

    private static Dictionary<string, Allergen> ReadSpellings()
    {
        (Allergen Allergen, string[] Also)[] also =
        [
            (Allergen.Gluten, ["含麸质谷物", "谷蛋白", "小麦", "面筋", "wheat"]),
            (Allergen.Crustaceans,
            [
                "甲壳类", "甲壳动物", "虾", "虾类", "蟹", "蟹类", "虾蟹", "龙虾", "shrimp", "shrimps", "prawn", "prawns", "crab", "crabs", "crustacean",
            ]),
            (Allergen.Eggs, ["蛋", "鸡蛋", "鸭蛋", "egg"]),
            (Allergen.Fish, ["鱼"]),
            (Allergen.Peanuts, ["花生仁", "peanut"]),
            (Allergen.Soybeans, ["黄豆", "豆制品", "soy", "soya", "soybean"]),
            (Allergen.Milk, ["牛奶", "奶", "奶类", "奶制品", "乳", "乳类", "乳糖", "dairy", "lactose"]),
            (Allergen.Nuts, ["果仁", "nut", "tree nuts"]),
            (Allergen.Celery, ["西芹"]),
            (Allergen.Mustard, ["芥菜籽"]),
            (Allergen.Sesame, ["sesame seeds"]),
            (Allergen.Sulphites, ["二氧化硫", "sulfites", "sulphur dioxide"]),
            (Allergen.Lupin, ["lupine"]),
            (Allergen.Molluscs, ["贝类", "软体类", "软体动物", "mollusks"]),
        ];
        return Names.SelectMany(n => new[] { n.Key.ToString(), n.Value.Zh, n.Value.En }, (n, word) => (Word: word, n.Key))
            .Concat(also.SelectMany(a => a.Also, (a, word) => (Word: word, Key: a.Allergen)))
            .Select(s => (Word: CleanText.ComparisonKey(s.Word), s.Key)).Distinct().ToDictionary(s => s.Word, s => s.Key);
    }

    [GeneratedRegex(@"(?<before>[\s、,;/]*)(?<word>[^、,;/]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Piece();
}
