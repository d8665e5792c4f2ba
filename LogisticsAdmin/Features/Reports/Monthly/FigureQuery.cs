using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Which rows behind a figure are asked for, as in the address of the list.</summary>
public sealed record FigureQuery
{
    public required ReportPeriod Period { get; init; }
    public required string Figure { get; init; }
    public FigurePart Part { get; init; } = FigurePart.Counted;

    /// <summary>The dimension that the rows are restricted to one key of, as a line of a table is; null for all rows.</summary>
    public string? By { get; init; }

    /// <summary>The key of that dimension; null for rows without one.</summary>
    public long? Of { get; init; }
    public string? Search { get; init; }

    /// <summary>The code of a moment or a measure; null for the order of the section's first moment.</summary>
    public string? Sort { get; init; }
    public bool IsDescending { get; init; } = true;

    public FactFilter Filter => By is { } dimension ? FactFilter.Of(dimension, Of) : FactFilter.None;
}
