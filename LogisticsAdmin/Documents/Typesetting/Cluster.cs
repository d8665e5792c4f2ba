namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>
/// What a reader sees as one character: a base with its combining characters. The width is how far the next one is away, as a share of the type size;
/// the shift moves wide quotation marks to the left, against narrow letters.
/// </summary>
internal readonly record struct Cluster(string Text, Face Face, double Width, ClusterKind Kind, double Shift = 0)
{
    /// <summary>Whether it fills the square of a Chinese character.</summary>
    public bool IsFullWidth => Width > 0.85 && (Kind == ClusterKind.Wide || Text[0] >= 0x2010);
}
