namespace LogisticsAdmin.Documents.Layout;

/// <summary>The measures of a page, in points.</summary>
internal sealed record Sheet(double Left, double Width, double Top, double Bottom)
{
    public const double PageWidth = 595, PageHeight = 842;

    /// <summary>Margins as in GB/T 9704: 42 characters of 10.5 points make one line, so that a line of pure Chinese fills it exactly.</summary>
    public static readonly Sheet Letter = new(77, 42 * 10.5, 86, PageHeight - 84);

    public static readonly Sheet Slip = new(56, PageWidth - 2 * 56, 56, PageHeight - 56);

    public double Right => Left + Width;

    public double Height => Bottom - Top;
}
