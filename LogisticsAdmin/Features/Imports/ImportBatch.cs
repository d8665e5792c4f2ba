using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>One file that came in: what, by whom, when, and its counts, which add up. Undone as a whole, once.</summary>
public sealed class ImportBatch : Versioned
{
    private ImportBatch() { }

    public ImportBatch(string kind, string fileName, string sheet, long? byId, DateTimeOffset at, ImportCounts counts) =>
        (Kind, FileName, Sheet, ById, At, Created, Changed, Same, Rejected) =
        (kind, CleanText.Code(fileName), CleanText.Code(sheet), byId, at, counts.New, counts.Changed, counts.Same, counts.Rejected);

    /// <summary>The key of its <see cref="ImportKind"/>.</summary>
    public string Kind { get; private set; } = "";
    public string FileName { get; private set; } = "";
    public string Sheet { get; private set; } = "";
    public long? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public int Created { get; private set; }
    public int Changed { get; private set; }
    public int Same { get; private set; }
    public int Rejected { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }
    public long? UndoneById { get; private set; }

    /// <summary>How many things the undo had to leave as they were.</summary>
    public int LeftAlone { get; private set; }

    public ImportCounts Counts => new(Created, Changed, Same, Rejected);

    public void Undo(DateTimeOffset at, long? byId, int leftAlone)
    {
        if (UndoneAt is not null) throw Shared.Rejected.Because<ImportsText>("AlreadyUndone", FileName);
        (UndoneAt, UndoneById, LeftAlone) = (at, byId, leftAlone);
    }
}

/// <summary>Rows by what became of them.</summary>
public sealed record ImportCounts(int New, int Changed, int Same, int Rejected)
{
    public int Read => New + Changed + Same + Rejected;

    public int CountOf(ImportOutcome outcome) => outcome switch
    {
        ImportOutcome.New => New,
        ImportOutcome.Changed => Changed,
        ImportOutcome.Same => Same,
        _ => Rejected,
    };

    public static ImportCounts Of(IReadOnlyList<RowVerdict> verdicts)
    {
        var counts = new int[5];
        foreach (var verdict in verdicts) counts[(int)verdict.Outcome]++;
        return new ImportCounts(counts[(int)ImportOutcome.New], counts[(int)ImportOutcome.Changed], counts[(int)ImportOutcome.Same],
            counts[(int)ImportOutcome.Rejected]);
    }
}

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

/// <summary>Which columns of a file with these headers are which: remembered from the last time such a file came in.</summary>
public sealed class ImportMapping : Versioned
{
    private ImportMapping() { }

    public ImportMapping(string kind, string headers) => (Kind, Headers) = (kind, headers);

    public string Kind { get; private set; } = "";

    /// <summary>Fingerprint of the header row.</summary>
    public string Headers { get; private set; } = "";

    /// <summary>JSON: column key to the sheet's column, zero-based.</summary>
    public string Columns { get; private set; } = "{}";

    /// <summary>How such a file was read as a whole, with all changes: <see cref="ImportReading.ToFile"/>. Null: column by column.</summary>
    public byte[]? Reading { get; private set; }
    public DateTimeOffset UsedAt { get; private set; }

    public void Remember(string columns, ImportReading? reading, DateTimeOffset at) =>
        (Columns, Reading, UsedAt) = (columns, reading?.ToFile(), at);
}
