namespace LogisticsAdmin.Security;

/// <summary>Somebody who works here, with their crew.</summary>
public sealed record Colleague(long PersonId, long? CrewId);
