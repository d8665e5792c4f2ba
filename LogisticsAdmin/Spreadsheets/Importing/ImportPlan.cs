using LogisticsAdmin.Data;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>What would become of each row, in the file's order, and the way to do it.</summary>
public abstract class ImportPlan
{
    public abstract IReadOnlyList<RowVerdict> Verdicts { get; }

    /// <summary>
    /// Stores the new and changed rows inside the write and says what was stored, so that it can be undone. Refused rows are left out.
    /// Tells through <paramref name="progress"/> how many are done. The audit trail names the batch at what it made.
    /// </summary>
    public abstract Task<IReadOnlyList<ImportedThing>> ApplyAsync(LogisticsDb db, long batchId, Action<int> progress, CancellationToken ct);
}
