using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>Writes batches: what was imported, the outcome of each row, and what is needed to undo it.</summary>
public sealed class ImportBatches(CurrentUser user, TimeProvider clock) : IImportBatches
{
    public Task<long> AddAsync(LogisticsDb db, string kind, string fileName, IReadOnlyList<RowVerdict> rows, CancellationToken ct) =>
        AddAsync(db, kind, fileName, "", KeptRows.Of(rows), ImportCounts.Of(rows), ct);

    /// <summary>With rows that were packed before the write, because packing many takes time.</summary>
    internal async Task<long> AddAsync(
        LogisticsDb db, string kind, string fileName, string sheet, KeptRows rows, ImportCounts counts, CancellationToken ct)
    {
        var batch = new ImportBatch(kind, fileName, sheet, user.Actor.PersonId, clock.GetUtcNow(), counts);
        db.ImportBatches.Add(batch);
        await db.SaveChangesAsync(ct);
        db.ImportRecords.Add(new ImportRecord(batch.Id, rows));
        db.Announce(new KeyChanged(ImportService.Topic, batch.Id));
        return batch.Id;
    }

    public void AddChanges(LogisticsDb db, long batchId, IEnumerable<ImportedEntity> entities, CancellationToken ct)
    {
        using var bulk = new BulkWriter(db);
        bulk.Add(entities.Select(t => new ImportChange
        {
            BatchId = batchId,
            Row = t.Row,
            ThingId = t.Id,
            IsNew = t.IsNew,
            ThingVersion = t.Version,
            Before = t.Before,
        }), ct);
    }
}
