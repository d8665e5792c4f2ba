namespace LogisticsAdmin.Documents.Charts;

/// <summary>How columns and bars of a series are filled; they can be told apart without colours.</summary>
internal enum ChartFilling
{
    Dark,
    Pale,

    /// <summary>Lines that rise to the right.</summary>
    Rising,

    Middle,

    /// <summary>Lines that fall to the right.</summary>
    Falling,

    Crossed,
}
