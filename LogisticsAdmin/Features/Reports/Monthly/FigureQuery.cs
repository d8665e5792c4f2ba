using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>Which rows behind a figure are asked for, as in the address of the list.</summary>
public sealed record FigureQuery
{
    public required ReportPeriod Period { get; init; }
    public required string Figure { get; init; }
    public FigurePart Part { get; init; } = FigurePart.Counted;

    /// <summary>What the rows are restricted to, such as a line of a table, or a crew at one campus.</summary>
    public FactFilter Filter { get; init; } = FactFilter.None;
    public string? Search { get; init; }

    /// <summary>The code of a moment or a measure; null for the order of the section's first moment.</summary>
    public string? Sort { get; init; }
    public bool IsDescending { get; init; } = true;
}
