namespace LogisticsAdmin.Registries;

/// <summary>The name of one object in both languages, and the text by which it is found.</summary>
public sealed class EntityName
{
    public long Id { get; init; }
    public string Zh { get; init; } = "";
    public string En { get; init; } = "";
    public string Search { get; init; } = "";
}
