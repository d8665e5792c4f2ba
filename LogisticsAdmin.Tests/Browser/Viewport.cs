using System.Globalization;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>How a page is viewed: language, theme, width of the window and fonts.</summary>
internal sealed record Viewport(
    string Language = Viewport.Chinese, bool Dark = false, int Width = Viewport.Desk, FontSet Fonts = FontSet.LatinAndChinese, int Zoom = 1)
{
    public const string Chinese = "zh-CN";
    public const string English = "en";

    /// <summary>An office monitor.</summary>
    public const int Desk = 1440;

    /// <summary>Half of a monitor of 1280 px: what is left of it when the browser enlarges everything to 200 %.</summary>
    public const int Zoomed = 640;

    /// <summary>The narrowest supported phone.</summary>
    public const int Phone = 360;

    public int Height => Width == Phone ? 780 : 900;

    public static IEnumerable<Viewport> All(int width) =>
        from language in new[] { Chinese, English }
        from dark in new[] { false, true }
        select new Viewport(language, dark, width);

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Language}-{(Dark ? "dark" : "light")}-{Width}{(Fonts == FontSet.LatinAndChinese ? "" : $"-{Fonts}")}");
}
