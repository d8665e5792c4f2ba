namespace LogisticsAdmin.Registries;

/// <summary>The name of one thing in both languages, and all the text by which it is found.</summary>
public sealed class EntityName
{
    public long Id { get; init; }
    public string Zh { get; init; } = "";
    public string En { get; init; } = "";
    public string Search { get; init; } = "";
}
