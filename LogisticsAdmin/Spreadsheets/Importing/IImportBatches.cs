using LogisticsAdmin.Data;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>The list of imports, for imports that have a page of their own instead of the wizard. Both methods are called inside a write.</summary>
public interface IImportBatches
{
    /// <summary>Adds a batch of a kind (<see cref="ImportKind.Key"/>) with the outcome of each row, and returns its id.</summary>
    Task<long> AddAsync(LogisticsDb db, string kind, string fileName, IReadOnlyList<RowVerdict> rows, CancellationToken ct);

    /// <summary>Adds what the batch stored, so that its kind can undo it.</summary>
    void AddChanges(LogisticsDb db, long batchId, IEnumerable<ImportedEntity> entities, CancellationToken ct);
}
