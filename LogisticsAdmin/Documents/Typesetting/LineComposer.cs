using System.Text;

namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>Places the clusters of one line.</summary>
internal static class LineComposer
{
    /// <summary>Lines that would need wider gaps stay shorter than the others, as a share of the type size. Readers see words apart from a tenth on.</summary>
    private const double WidestGap = 0.09;

    /// <summary>How far the next cluster is away, as a share of the type size. Of two wide marks in a row the first gives up its empty half.</summary>
    public static double Advance(List<Cluster> clusters, int at, int end)
    {
        var cluster = clusters[at];
        if (cluster.Kind != ClusterKind.Closing || !cluster.IsFullWidth || cluster.Text is "…" or "·" || at + 1 >= end) return cluster.Width;
        var next = clusters[at + 1];
        return next.Kind is ClusterKind.Closing or ClusterKind.Opening && next.IsFullWidth ? cluster.Width - 0.5 : cluster.Width;
    }

    /// <summary>
    /// The line of the clusters from <paramref name="from"/> to before <paramref name="to"/>, stretched to <paramref name="justified"/> points; 0 for none.
    /// </summary>
    public static TextLine Compose(List<Cluster> clusters, int from, int to, double size, double justified)
    {
        while (to > from && clusters[to - 1].Kind == ClusterKind.Space) to--;
        if (to == from) return TextLine.Empty;
        var natural = 0.0;
        for (var i = from; i < to; i++) natural += Advance(clusters, i, to);
        var last = clusters[to - 1];
        var trimmed = (natural - (last.Kind == ClusterKind.Closing && last.IsFullWidth && last.Text != "…" ? 0.5 : 0)) * size;
        var gap = justified > 0 ? Gap(clusters, from, to, (justified - trimmed) / size) : 0;
        return new TextLine(Place(clusters, from, to, size, gap), gap > 0 ? justified : trimmed);
    }

    private static double Gap(List<Cluster> clusters, int from, int to, double slack)
    {
        if (slack <= 0.002) return 0;
        var gaps = 0;
        for (var i = from; i < to - 1; i++) gaps += IsStretched(clusters[i], clusters[i + 1]) ? 1 : 0;
        return gaps > 0 && slack / gaps <= WidestGap ? slack / gaps : 0;
    }

    private static bool IsStretched(Cluster before, Cluster after) => before.IsFullWidth || after.IsFullWidth;

    private static List<PlacedText> Place(List<Cluster> clusters, int from, int to, double size, double gap)
    {
        List<PlacedText> parts = [];
        var run = new StringBuilder();
        var (x, start) = (0.0, 0.0);
        for (var i = from; i < to; i++)
        {
            var cluster = clusters[i];
            if (cluster.Kind == ClusterKind.RightToLeft)
            {
                Flush(i);
                var end = RightToLeft.EndOf(clusters, i, to);
                x = RightToLeft.Place(clusters, i, end, size, x, parts);
                start = x;
                i = end - 1;
                continue;
            }
            if (run.Length == 0) start = x - cluster.Shift * size;
            run.Append(cluster.Text);
            var advance = Advance(clusters, i, to);
            var stretch = i < to - 1 && gap > 0 && IsStretched(cluster, clusters[i + 1]) ? gap : 0;
            x += (advance + stretch) * size;
            var goesOn = i < to - 1 && clusters[i + 1].Face == cluster.Face && clusters[i + 1].Kind != ClusterKind.RightToLeft && clusters[i + 1].Shift == 0;
            if (!goesOn || stretch > 0 || cluster.Shift > 0 || cluster.Width - advance > 0.001 || IsNarrowed(cluster)) Flush(i + 1);
        }
        return parts;

        void Flush(int end)
        {
            if (run.Length > 0) parts.Add(new PlacedText(run.ToString(), clusters[end - 1].Face, start));
            run.Clear();
        }
    }

    // What is wider in the font than here, or may be.
    private static bool IsNarrowed(Cluster cluster) =>
        cluster.Text.Length > 1
        || cluster.Text == " " && cluster.Width == 0
        || cluster.Text is "”" or "’" && cluster.Face.File.Width(cluster.Text[0]) > cluster.Width + 0.01;
}
