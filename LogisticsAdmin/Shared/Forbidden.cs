namespace LogisticsAdmin.Shared;

/// <summary>The person may see it but not do this.</summary>
public sealed class Forbidden() : Refusal("Forbidden", typeof(SharedText), []);
