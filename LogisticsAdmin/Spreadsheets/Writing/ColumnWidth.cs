using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>Estimates column widths in Excel's unit without measuring a font, so that they are the same on every server.</summary>
internal static class ColumnWidth
{
    public const double Min = 6;
    public const double Max = 60;

    private const double FilterArrow = 2.4;

    public static double OfTitle(string title) => Clamp(Of(title) + FilterArrow);

    /// <summary>Width of the longest line.</summary>
    public static double Of(ReadOnlySpan<char> text)
    {
        var (widest, line) = (0.0, 0.0);
        foreach (var rune in text.EnumerateRunes())
        {
            line = rune.Value == '\n' ? 0 : line + (IsWide(rune) ? 2.1 : 1.1);
            if (line > widest) widest = line;
            if (widest > Max) break;
        }
        return widest;
    }

    public static double Clamp(double width) => Math.Round(Math.Clamp(width, Min, Max), 1);

    /// <summary>Characters that East Asian fonts draw in double width, and emoji.</summary>
    private static bool IsWide(Rune rune) => rune.Value is (>= 0x1100 and <= 0x115F) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFF60) or (>= 0xFFE0 and <= 0xFFE6) or >= 0x1F300;
}
