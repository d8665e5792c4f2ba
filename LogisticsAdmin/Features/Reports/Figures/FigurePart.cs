namespace LogisticsAdmin.Features.Reports.Figures;

/// <summary>Which rows behind a figure are listed.</summary>
public enum FigurePart
{
    /// <summary>The rows that are counted or measured; the numerator of a share.</summary>
    Counted = 1,

    /// <summary>The denominator of a share.</summary>
    Base = 2,

    /// <summary>The denominator without the numerator: what keeps a share from being whole.</summary>
    Rest = 3,
}
