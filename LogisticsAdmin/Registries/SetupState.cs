using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Registries;

/// <summary>What a step has so far, in the reader's language, and each thing that is still missing.</summary>
public sealed record SetupState(string Summary, IReadOnlyList<string> Missing);

/// <summary>A page on which a step is done.</summary>
public sealed record SetupLink(LocalName Label, string Address);
