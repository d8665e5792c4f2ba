namespace LogisticsAdmin.Registries;

/// <summary>Something found: where it is opened, the key that identifies it, and what the list shows of it, in the reader's language.</summary>
public sealed record SearchHit(string Address, string Key, string? Number, string Title, string Detail);
