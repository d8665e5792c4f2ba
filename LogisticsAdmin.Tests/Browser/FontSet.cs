namespace LogisticsAdmin.Tests.Browser;

/// <summary>The fonts that a browser is shown, whatever else the machine has.</summary>
public enum FontSet
{
    /// <summary>Noto Sans for Latin letters and signs, Noto Sans CJK for Chinese.</summary>
    LatinAndChinese,

    /// <summary>Noto Sans CJK for everything.</summary>
    ChineseOnly,
}
