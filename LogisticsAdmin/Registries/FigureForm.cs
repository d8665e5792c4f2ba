namespace LogisticsAdmin.Registries;

/// <summary>How a figure is computed from the rows that it counts.</summary>
public enum FigureForm
{
    /// <summary>The number of rows.</summary>
    Count = 1,

    /// <summary>The counted rows divided by the rows of the denominator, which include them.</summary>
    Share = 2,

    /// <summary>The sum of a measure.</summary>
    Sum = 3,
    Mean = 4,

    /// <summary>The middle value; of an even number of rows, the mean of the two in the middle.</summary>
    Median = 5,

    /// <summary>The lowest value that at least nine tenths of the rows do not exceed (nearest rank).</summary>
    Percentile90 = 6,

    /// <summary>The sum of a measure divided by the sum of another one, of the same rows.</summary>
    Ratio = 7,
}
