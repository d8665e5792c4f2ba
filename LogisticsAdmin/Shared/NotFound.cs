namespace LogisticsAdmin.Shared;

/// <summary>It does not exist, or the person may not see it.</summary>
public sealed class NotFound() : Refusal("NotFound", typeof(SharedText), []);
