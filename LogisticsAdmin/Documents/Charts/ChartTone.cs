namespace LogisticsAdmin.Documents.Charts;

/// <summary>What a colour is for; drawers choose the colour.</summary>
public enum ChartTone
{
    /// <summary>Text, axes, lines.</summary>
    Ink,

    /// <summary>Numbers beside the axis.</summary>
    Quiet,

    /// <summary>Lines of the grid.</summary>
    Grid,

    /// <summary>The darkest filling.</summary>
    Dark,

    Middle,

    Pale,

    /// <summary>The ground on which the chart is.</summary>
    Paper,
}
