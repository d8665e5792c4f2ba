using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Monthly;

/// <summary>One closing of a month; <paramref name="ReopenedAt"/> is null for the one in force.</summary>
public sealed record ClosingRow(
    long Id, int Number, string Hash, DateTimeOffset ClosedAt, string ClosedBy, DateTimeOffset? ReopenedAt, string? ReopenedBy, string? ReopenReason);

/// <summary>A comment as it is stored, with the version that an edit must carry.</summary>
public sealed record CommentRow(string Place, string Text, long Version, string? WrittenBy, DateTimeOffset? WrittenAt);

/// <summary>A month's report for its page. <paramref name="Closing"/> is null while the month is open.</summary>
public sealed record MonthReport(
    ReportContent Content, ClosingRow? Closing, IReadOnlyList<ClosingRow> Earlier, IReadOnlyDictionary<string, CommentRow> Comments, bool MayClose);

/// <summary>One row behind a figure: the thing itself, and the moments and measures by which it counts.</summary>
public sealed record FigureRow(FactRow Fact, ReportedThing? Thing);

/// <summary>The list behind a figure; <paramref name="Total"/> is the figure's own number, <paramref name="Found"/> what the search left of it.</summary>
public sealed record FigureList(
    FigureDefinition Figure, FigureValue Value, SectionLayout Layout, IReadOnlyList<LocalName> Filters, int Total, int Found, IReadOnlyList<FigureRow> Rows,
    IReadOnlyDictionary<string, IReadOnlyDictionary<long, LocalName>> Names, DateTimeOffset AsOf, bool IsClosed);

/// <summary>A figure that a closed month would have now: both values, and the rows that came and went.</summary>
public sealed record FigureDifference(
    FigureDefinition Figure, FigureValue Then, FigureValue? Now, IReadOnlyList<ReportedThing> Added, IReadOnlyList<ReportedThing> Removed,
    int AddedCount, int RemovedCount);

/// <summary>One figure of two periods.</summary>
public sealed record FigureComparison(FigureDefinition Figure, FigureValue First, FigureValue Second);

/// <summary>A month in the list of months: its closing in force, if any, and the values of its key figures.</summary>
public sealed record MonthRow(ReportPeriod Month, ClosingRow? Closing, IReadOnlyDictionary<string, FigureValue> Values);

/// <summary>A closing beside what its month would be now.</summary>
public sealed record ClosingDifferences(ReportPeriod Month, ClosingRow Closing, IReadOnlyList<FigureDifference> Differences);
