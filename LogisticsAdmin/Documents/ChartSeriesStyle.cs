namespace LogisticsAdmin.Documents;

public enum ChartSeriesStyle
{
    /// <summary>A column or bar.</summary>
    Column,

    /// <summary>Points joined by a line.</summary>
    Line,

    /// <summary>A dashed line without points.</summary>
    Target,
}
