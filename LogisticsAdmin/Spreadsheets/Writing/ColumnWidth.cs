using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>How wide a column has to be, in Excel's unit, by our own estimate: no font is asked, so it is the same on every server.</summary>
internal static class ColumnWidth
{
    public const double Least = 6;
    public const double Most = 60;

    /// <summary>Room for the arrow of the filter.</summary>
    private const double Arrow = 2.4;

    public static double OfTitle(string title) => Within(Of(title) + Arrow);

    /// <summary>The longest line of the text.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        var (widest, line) = (0.0, 0.0);
        foreach (var rune in text.EnumerateRunes())
        {
            line = rune.Value == '\n' ? 0 : line + (IsWide(rune) ? 2.1 : 1.1);
            if (line > widest) widest = line;
            if (widest > Most) break;
        }
        return widest;
    }

    public static double Within(double width) => Math.Round(Math.Clamp(width, Least, Most), 1);

    /// <summary>What East Asian fonts draw two cells wide, emoji included.</summary>
    private static bool IsWide(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or >= 0x1F300;
}
