namespace LogisticsAdmin.Features.Imports;

/// <summary>The rows of a batch as its last dry run showed them, and the cells of the refused ones; see <see cref="KeptRows"/>.</summary>
public sealed class ImportRecord
{
    private ImportRecord() { }

    internal ImportRecord(long batchId, KeptRows kept) =>
        (BatchId, Verdicts, Refused, LeftOut) = (batchId, kept.Verdicts, kept.Refused, kept.LeftOut);

    public long BatchId { get; private set; }

    /// <summary>Compressed JSON.</summary>
    public byte[] Verdicts { get; private set; } = [];

    /// <summary>Compressed JSON; null when no row was refused, or the import had no sheet.</summary>
    public byte[]? Refused { get; private set; }

    /// <summary>How many rows were too many to be kept.</summary>
    public int LeftOut { get; private set; }
}
