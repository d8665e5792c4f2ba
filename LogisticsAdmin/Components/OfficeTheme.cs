using MudBlazor;

namespace LogisticsAdmin.Components;

/// <summary>The colours and fonts of wwwroot/tokens.css for MudBlazor.</summary>
public static class OfficeTheme
{
    private static readonly string[] Fonts =
        ["system-ui", "-apple-system", "Segoe UI", "PingFang SC", "Microsoft YaHei UI", "Noto Sans SC", "Noto Sans CJK SC", "sans-serif"];

    public static readonly MudTheme Theme = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#0b6e63",
            PrimaryContrastText = "#ffffff",
            Secondary = "#4a5765",
            Background = "#f3f5f7",
            Surface = "#ffffff",
            TextPrimary = "#18222d",
            TextSecondary = "#4a5765",
            ActionDefault = "#4a5765",
            LinesDefault = "#e3e7ec",
            LinesInputs = "#cbd2da",
            TableLines = "#e3e7ec",
            Divider = "#e3e7ec",
            Error = "#b42318",
            Warning = "#a15c07",
            Info = "#1d5fd0",
            Success = "#11735a",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#2fb5a3",
            PrimaryContrastText = "#04211d",
            Secondary = "#aeb9c5",
            Background = "#0e1318",
            Surface = "#1b232c",
            TextPrimary = "#e8edf2",
            TextSecondary = "#aeb9c5",
            ActionDefault = "#aeb9c5",
            LinesDefault = "#26303a",
            LinesInputs = "#384553",
            TableLines = "#26303a",
            Divider = "#26303a",
            Error = "#ff8a7d",
            Warning = "#f2b45c",
            Info = "#7fb0ff",
            Success = "#56cfa8",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "8px" },
        Typography = new Typography { Default = new DefaultTypography { FontFamily = Fonts, FontSize = "14px", LineHeight = "1.45" } },
    };
}
