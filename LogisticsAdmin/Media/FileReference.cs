namespace LogisticsAdmin.Media;

/// <summary>A row that refers to a stored file; the length is in bytes.</summary>
public sealed record FileReference
{
    public required long Id { get; init; }
    public required Guid Key { get; init; }
    public required long Length { get; init; }
}
