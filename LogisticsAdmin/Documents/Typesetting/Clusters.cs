using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>Divides text into clusters and finds a face for each. No character is dropped: what no font has is written as □(U+1F9FF).</summary>
internal static class Clusters
{
    private const int Box = 0x25A1;

    public static List<Cluster> Of(string text, bool bold)
    {
        List<Cluster> clusters = new(text.Length);
        for (var at = 0; at < text.Length;)
        {
            var length = IsPlain(text, at) ? 1 : StringInfo.GetNextTextElementLength(text.AsSpan(at));
            Add(clusters, text.AsSpan(at, length), bold);
            at += length;
        }
        NarrowQuotes(clusters);
        return clusters;
    }

    // Most text: nothing that could combine with what follows.
    private static bool IsPlain(string text, int at) => Stands(text[at]) && (at + 1 == text.Length || Stands(text[at + 1]));

    private static bool Stands(char c) => c is (>= ' ' and < (char)0x300) or (>= (char)0x4E00 and <= (char)0x9FFF) or (>= (char)0x3001 and <= (char)0x3029);

    private static void Add(List<Cluster> clusters, ReadOnlySpan<char> element, bool bold)
    {
        if (element.Length == 1 && !char.IsSurrogate(element[0]))
        {
            AddRune(clusters, new Rune(element[0]), bold);
            return;
        }
        List<Rune> runes = [];
        foreach (var rune in element.EnumerateRunes())
            if (!Characters.IsInvisible(rune.Value)) runes.Add(rune);
        if (runes.Count > 1 && runes.Skip(1).All(Characters.IsCombining) && Composed(runes, bold) is { } cluster) clusters.Add(cluster);
        else foreach (var rune in runes) AddRune(clusters, rune, bold);
    }

    /// <summary>A base with its combining characters: as one precomposed character, or all of one face.</summary>
    private static Cluster? Composed(List<Rune> runes, bool bold)
    {
        var text = string.Concat(runes).Normalize(NormalizationForm.FormC);
        var points = text.EnumerateRunes().Select(r => r.Value).ToList();
        var shipped = bold && points.All(FontLibrary.Bold.Has) ? FontLibrary.Bold : points.All(FontLibrary.Regular.Has) ? FontLibrary.Regular : null;
        return (shipped ?? FontLibrary.FindForAll(points)) is { } face
            ? new Cluster(text, face, points.Sum(p => Characters.IsCombining(new Rune(p)) ? 0 : face.File.Width(p)), Characters.KindOf(runes[0]))
            : null;
    }

    private static void AddRune(List<Cluster> clusters, Rune rune, bool bold)
    {
        if (Characters.IsInvisible(rune.Value)) return;
        if (rune.Value is '\t' or 0x200B or '\n' or 0x2028 or 0x2029)
            clusters.Add(new Cluster(" ", FontLibrary.Regular, rune.Value == 0x200B ? 0 : FontLibrary.Regular.File.Width(' '), ClusterKind.Space));
        else if (FontLibrary.Find(rune.Value, bold) is { } face)
            clusters.Add(new Cluster(rune.ToString(), face, face.File.Width(rune.Value), Characters.KindOf(rune)));
        else AddReplacement(clusters, rune);
    }

    private static void AddReplacement(List<Cluster> clusters, Rune missing)
    {
        var face = FontLibrary.Regular;
        foreach (var c in $"{(char)Box}(U+{missing.Value:X4})")
            clusters.Add(new Cluster(c.ToString(), face, face.File.Width(c), c == Box ? ClusterKind.Wide : ClusterKind.Letter));
    }

    // The quotation marks of Chinese fonts are as wide as a character; beside letters of alphabets half of it is too much.
    private static void NarrowQuotes(List<Cluster> clusters)
    {
        for (var i = 0; i < clusters.Count; i++)
        {
            var cluster = clusters[i];
            if (!cluster.IsFullWidth) continue;
            if (cluster.Text is "“" or "‘" && i + 1 < clusters.Count && IsAlphabetic(clusters[i + 1]))
                clusters[i] = Narrowed(cluster, isShifted: true);
            else if (cluster.Text is "”" or "’" && i > 0 && (IsAlphabetic(clusters[i - 1]) || clusters[i - 1].Text is "." or "," or "!" or "?"))
                clusters[i] = Narrowed(cluster, isShifted: false);
        }
    }

    // From another font if there is one; else the same without its empty part.
    private static Cluster Narrowed(Cluster quote, bool isShifted)
    {
        if (FontLibrary.FindNarrow(quote.Text[0]) is { } face) return quote with { Face = face, Width = face.File.Width(quote.Text[0]) };
        var empty = quote.Text is "‘" or "’" ? 0.7 : 0.52;
        return quote with { Width = quote.Width - empty, Shift = isShifted ? empty : 0 };
    }

    private static bool IsAlphabetic(Cluster cluster) => cluster.Kind is ClusterKind.Letter or ClusterKind.Digit && cluster.Width < 0.95;
}
