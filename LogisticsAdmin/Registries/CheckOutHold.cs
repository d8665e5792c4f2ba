using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>One thing to settle before a check-out, and where that is done, if anywhere.</summary>
public sealed record CheckOutHold(LocalName What, string? Address);
