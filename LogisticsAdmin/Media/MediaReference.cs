namespace LogisticsAdmin.Media;

/// <summary>A row that refers to a stored picture.</summary>
public sealed record MediaReference
{
    public required long Id { get; init; }
    public required Guid Key { get; init; }
}
