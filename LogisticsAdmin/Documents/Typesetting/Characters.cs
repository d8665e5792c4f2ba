using System.Globalization;
using System.Text;

namespace LogisticsAdmin.Documents.Typesetting;

/// <summary>Kinds of characters, by Unicode and by the rules of Chinese typesetting.</summary>
internal static class Characters
{
    private const string NeverFirst = "。，、；：）】」』》〉〕”’？！％…·‰℃,.;:!?)]}%～";
    private const string NeverLast = "（【「『《〈〔“‘([{#￥$¥№";

    /// <summary>Units that stay on the line of their number.</summary>
    private const string Units = "件月日年个星万元天时分秒次人号间栋层%％";

    public static ClusterKind KindOf(Rune rune)
    {
        if (rune.Value is ' ' or '\t' or 0x200B) return ClusterKind.Space;
        if (rune.IsBmp && NeverFirst.Contains((char)rune.Value)) return ClusterKind.Closing;
        if (rune.IsBmp && NeverLast.Contains((char)rune.Value)) return ClusterKind.Opening;
        if (rune.Value is >= '0' and <= '9') return ClusterKind.Digit;
        if (IsRightToLeft(rune.Value)) return ClusterKind.RightToLeft;
        return IsWide(rune.Value) ? ClusterKind.Wide : ClusterKind.Letter;
    }

    public static bool IsUnit(string text) => text.Length == 1 && Units.Contains(text[0]);

    /// <summary>Characters without a picture of their own, such as joiners, marks of direction and selectors of variants.</summary>
    public static bool IsInvisible(int c) =>
        c is 0xAD or 0x61C or 0x180E or (>= 0x200C and <= 0x200F) or (>= 0x202A and <= 0x202E) or (>= 0x2060 and <= 0x206F)
            or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF or (>= 0xE0000 and <= 0xE0FFF) or '\r';

    public static bool IsCombining(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.SpacingCombiningMark;

    private static bool IsRightToLeft(int c) =>
        c is (>= 0x590 and <= 0x8FF) or (>= 0xFB1D and <= 0xFDFF) or (>= 0xFE70 and <= 0xFEFC) or (>= 0x10800 and <= 0x10FFF) or (>= 0x1E800 and <= 0x1EFFF);

    private static bool IsWide(int c) =>
        c is (>= 0x1100 and <= 0x115F) or (>= 0x2190 and <= 0x27BF) or (>= 0x2E80 and <= 0xA4CF) or (>= 0xAC00 and <= 0xD7A3)
            or (>= 0xF900 and <= 0xFAFF) or (>= 0xFE30 and <= 0xFE4F) or (>= 0xFF00 and <= 0xFFEF) or (>= 0x1F000 and <= 0x1FAFF)
            or (>= 0x20000 and <= 0x3FFFF) or 0xD7 or 0xF7;
}
