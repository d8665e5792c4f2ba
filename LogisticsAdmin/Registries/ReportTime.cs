using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>A moment that rows have, by which they count: when a ticket was submitted, completed, ended.</summary>
public sealed record ReportTime(string Code, LocalName Name);
