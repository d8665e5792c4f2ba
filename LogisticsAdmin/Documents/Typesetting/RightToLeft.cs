namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>
/// Runs of alphabets that are written from right to left, within lines that run from left to right. Their parts keep the order of reading, so that a
/// reader of the file gets the text as it was written; numbers among them run from left to right.
/// </summary>
internal static class RightToLeft
{
    /// <summary>The end of the run that begins here: its last letter before letters of other scripts.</summary>
    public static int EndOf(List<Cluster> clusters, int from, int to)
    {
        var end = from;
        for (var i = from; i < to; i++)
        {
            var kind = clusters[i].Kind;
            if (kind == ClusterKind.RightToLeft) end = i + 1;
            else if (kind is ClusterKind.Wide || kind == ClusterKind.Letter && char.IsLetter(clusters[i].Text[0])) break;
        }
        return end;
    }

    /// <summary>Places a run from <paramref name="x"/> on, and returns where it ends.</summary>
    public static double Place(List<Cluster> clusters, int from, int to, double size, double x, List<PlacedText> parts)
    {
        var right = x;
        for (var i = from; i < to; i++) right += clusters[i].Width * size;
        var end = right;
        for (var i = from; i < to;)
        {
            var next = i + 1;
            if (clusters[i].Kind == ClusterKind.Digit)
                while (next < to && IsInNumber(clusters, next, to)) next++;
            for (var k = i; k < next; k++) right -= clusters[k].Width * size;
            var at = right;
            for (var k = i; k < next; k++)
            {
                parts.Add(new PlacedText(clusters[k].Text, clusters[k].Face, at));
                at += clusters[k].Width * size;
            }
            i = next;
        }
        return end;
    }

    private static bool IsInNumber(List<Cluster> clusters, int at, int to) =>
        clusters[at].Kind == ClusterKind.Digit
        || clusters[at].Text is "." or "," or ":" or "-" or "/" && at + 1 < to && clusters[at + 1].Kind == ClusterKind.Digit;
}
