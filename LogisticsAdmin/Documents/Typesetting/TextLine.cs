namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>
/// One line of text. Its parts are in the order of reading, which is not always that of their places; its width in points is without spaces and half of
/// a wide mark at its end.
/// </summary>
internal sealed record TextLine(IReadOnlyList<PlacedText> Parts, double Width)
{
    public static readonly TextLine Empty = new([], 0);
}
