namespace LogisticsAdmin.Tests.Browser;

/// <summary>The fonts that a browser can see, whatever is installed on the machine.</summary>
public enum FontSet
{
    /// <summary>Noto Sans for Latin letters and signs, Noto Sans CJK for Chinese.</summary>
    LatinAndChinese,

    /// <summary>Noto Sans CJK for everything.</summary>
    ChineseOnly,
}
