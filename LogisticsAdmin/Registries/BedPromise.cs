namespace LogisticsAdmin.Registries;

/// <summary>Who is to get a bed.</summary>
public sealed record BedPromise(long PersonId, string Name);
