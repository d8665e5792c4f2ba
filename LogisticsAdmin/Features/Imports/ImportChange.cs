using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>One stored thing of a batch, so that the batch can be undone: see <see cref="ImportedThing"/>.</summary>
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
