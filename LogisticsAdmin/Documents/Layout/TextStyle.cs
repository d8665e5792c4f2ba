namespace LogisticsAdmin.Documents.Layout;

/// <summary>How a text looks; sizes and leads in points.</summary>
internal readonly record struct TextStyle(double Size, double Lead, bool IsBold = false, Ink Ink = Ink.Black)
{
    public static readonly TextStyle Body = new(10.5, 18);
    public static readonly TextStyle Note = new(8.5, 14, Ink: Ink.Grey);
    public static readonly TextStyle Quote = new(10, 17);
    public static readonly TextStyle Heading = new(13, 20, true);
    public static readonly TextStyle Subheading = new(11, 18, true);
    public static readonly TextStyle Caption = new(9, 13, true);
    public static readonly TextStyle CaptionNote = new(8, 12, Ink: Ink.Grey);

    /// <summary>How far the baseline is below the top of a line.</summary>
    public double Ascent => Lead / 2 + Size * 0.36;
}
