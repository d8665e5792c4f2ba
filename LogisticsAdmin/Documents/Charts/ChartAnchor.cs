namespace LogisticsAdmin.Documents.Charts;

/// <summary>Which point of a text its place names.</summary>
public enum ChartAnchor
{
    Start,
    Middle,
    End,
}
