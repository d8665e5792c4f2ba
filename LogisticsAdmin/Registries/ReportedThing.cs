using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>How a row behind a figure is shown: its number, what it is about, where it is, and where it is opened.</summary>
public sealed record ReportedThing(long Id, string Number, string About, LocalName Place, LocalName State, string Address);
