using LogisticsAdmin.Data;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>The outcome of each row in the file's order, and how to apply it.</summary>
public abstract class ImportPlan
{
    public abstract IReadOnlyList<RowVerdict> Verdicts { get; }

    /// <summary>
    /// Stores the new and changed rows inside the write and returns what was stored, so that it can be undone. Rejected rows are left out.
    /// <paramref name="progress"/> gets the number of rows done. The audit log refers to the batch for new things.
    /// </summary>
    public abstract Task<IReadOnlyList<ImportedEntity>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct);
}
