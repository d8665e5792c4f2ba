using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A chart over thirteen months: figures of one unit, the first ones as columns, the others as lines.</summary>
public sealed record ReportTrend(string Code, LocalName Caption, IReadOnlyList<string> Columns, IReadOnlyList<string> Lines);
