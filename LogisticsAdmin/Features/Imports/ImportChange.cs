using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>The stored form of an <see cref="ImportedEntity"/>, kept so that the batch can be undone.</summary>
public sealed class ImportChange
{
    public long Id { get; private set; }
    public required long BatchId { get; init; }
    public required int Row { get; init; }
    public required long ThingId { get; init; }
    public required bool IsNew { get; init; }
    public required long ThingVersion { get; init; }
    public string? Before { get; init; }
}
