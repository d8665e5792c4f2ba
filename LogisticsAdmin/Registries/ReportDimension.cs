using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>What rows can be divided by, such as crew, building or hour of day.</summary>
/// <param name="Code">Unique in its section; stored with closed months and part of addresses.</param>
/// <param name="Name">The head of a table's first column.</param>
/// <param name="IsOfPeople">Whether its keys are single people, whose scores only managers and administrators see.</param>
public sealed record ReportDimension(string Code, LocalName Name, bool IsOfPeople = false);
