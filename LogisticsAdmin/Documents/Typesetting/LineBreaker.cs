namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>
/// Breaks text into lines: words stay whole where a line can hold them, no Chinese closing mark begins a line, no opening one ends it, and a
/// number keeps its unit.
/// </summary>
internal static class LineBreaker
{
    /// <summary>Widths are compared with this much tolerance, in points.</summary>
    private const double Tolerance = 0.1;

    /// <summary>
    /// The lines of a text, of a width in points; a line feed ends a line, and the first line after it has the indent. Lines are stretched to the width
    /// (<paramref name="justify"/>) where that needs little space. An empty text has one empty line.
    /// </summary>
    public static List<TextLine> Break(string text, double size, bool bold, double width, double indent = 0, bool justify = false)
    {
        List<TextLine> lines = [];
        foreach (var part in text.Split('\n'))
        {
            var clusters = Clusters.Of(part, bold);
            var from = 0;
            while (from < clusters.Count)
            {
                var room = width - (from == 0 ? indent : 0);
                var to = EndOfLine(clusters, from, room / size);
                lines.Add(LineComposer.Compose(clusters, from, to, size, justify && to < clusters.Count ? room : 0));
                from = to;
                while (from < clusters.Count && clusters[from].Kind == ClusterKind.Space) from++;
            }
            if (clusters.Count == 0) lines.Add(TextLine.Empty);
        }
        return lines;
    }

    /// <summary>The whole text in one line, however long.</summary>
    public static TextLine Line(string text, double size, bool bold)
    {
        var clusters = Clusters.Of(text, bold);
        return LineComposer.Compose(clusters, 0, clusters.Count, size, 0);
    }

    /// <summary>The width of the widest part of a text that should not be divided, in points.</summary>
    public static double WidestWord(string text, double size, bool bold)
    {
        var clusters = Clusters.Of(text, bold);
        var (widest, word, spaces) = (0.0, 0.0, 0.0);
        for (var i = 0; i < clusters.Count; i++)
        {
            if (i > 0 && MayBreak(clusters, i)) (word, spaces) = (0, 0);
            if (clusters[i].Kind == ClusterKind.Space)
            {
                spaces += clusters[i].Width;
                continue;
            }
            word += spaces + LineComposer.Advance(clusters, i, clusters.Count);
            spaces = 0;
            widest = Math.Max(widest, word);
        }
        return widest * size;
    }

    private static int EndOfLine(List<Cluster> clusters, int from, double room)
    {
        var (used, end, lastBreak) = (0.0, from, -1);
        while (end < clusters.Count)
        {
            var cluster = clusters[end];
            if (cluster.Kind != ClusterKind.Space)
            {
                // A wide mark may reach beyond the margin with its empty half.
                var overhang = cluster.Kind == ClusterKind.Closing && cluster.IsFullWidth ? 0.5 : 0;
                var advance = LineComposer.Advance(clusters, end, clusters.Count);
                if (end > from && used + Math.Min(advance, cluster.Width - overhang) > room + Tolerance / 10) break;
                used += advance;
            }
            else
            {
                used += cluster.Width;
            }
            end++;
            if (end < clusters.Count && MayBreak(clusters, end)) lastBreak = end;
        }
        if (end == clusters.Count) return end;
        if (lastBreak <= from) return end;
        // The last line has at least two Chinese characters.
        var isLonely = clusters.Count - lastBreak == 1 && lastBreak - from > 4 && clusters[lastBreak].Kind == ClusterKind.Wide;
        return isLonely && MayBreak(clusters, lastBreak - 1) ? lastBreak - 1 : lastBreak;
    }

    /// <summary>Whether a line may begin with the cluster at this place, which is not the first.</summary>
    private static bool MayBreak(List<Cluster> clusters, int at)
    {
        var (before, after) = (clusters[at - 1], clusters[at]);
        if (after.Kind is ClusterKind.Space or ClusterKind.Closing) return false;
        if (before.Kind == ClusterKind.Space)
        {
            // The spaces go with the end of the line: an opening mark before them would be its last character.
            var last = at - 1;
            while (last > 0 && clusters[last].Kind == ClusterKind.Space) last--;
            return clusters[last].Kind != ClusterKind.Opening;
        }
        if (before.Kind == ClusterKind.Opening) return false;
        if (before.Kind == ClusterKind.Digit && Characters.IsUnit(after.Text)) return false;
        if (before.Text == "—" && after.Text == "—") return false;
        if (IsSquare(before) || IsSquare(after)) return true;
        return before.Text is "-" or "/" or "–" or "_" or "\\" && after.Kind is ClusterKind.Letter or ClusterKind.RightToLeft;
    }

    private static bool IsSquare(Cluster cluster) =>
        cluster.Kind == ClusterKind.Wide || cluster.Kind is ClusterKind.Opening or ClusterKind.Closing && cluster.IsFullWidth;
}
