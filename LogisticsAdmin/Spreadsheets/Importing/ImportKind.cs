using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Something that comes in by spreadsheet. A slice registers its kinds; the wizard, templates, batches and undo are the same for all.
/// The dry run and the real run ask the same <see cref="PlanAsync"/>, so what the one shows is what the other does.
/// </summary>
public abstract class ImportKind
{
    /// <summary>Stored as the reason of what an undo retires: a code, shown in the reader's words.</summary>
    public const string UndoneReason = "import-undone";

    /// <summary>Part of addresses and of stored batches: lower case letters and dashes.</summary>
    public abstract string Key { get; }

    /// <summary>What it is called: people, rooms and beds, …</summary>
    public abstract LocalName Name { get; }

    /// <summary>Where the imported things are seen, and where the wizard leads back to.</summary>
    public abstract string Home { get; }

    public abstract IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>Choices of the person who imports, beside the columns.</summary>
    public virtual IReadOnlyList<ImportOption> Options => [];

    /// <summary>Readings that the house brings along; a file that has all headers of one is read by it, unless somebody chooses otherwise.</summary>
    public virtual Task<IReadOnlyList<ImportReading>> ReadingsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<ImportReading>>([]);

    /// <summary>The reading that a file holds. Refuses as Rejected, saying where, what is none.</summary>
    public virtual ImportReading ReadingOf(byte[] file, LocalName name) => throw new NotFound();

    /// <summary>
    /// The component that shows a reading of this kind and lets it be changed: parameters Reading, Rows (of the file, below its header),
    /// Headers and OnChanged. Null where the kind has no readings.
    /// </summary>
    public virtual Type? ReadingEditor => null;

    public abstract bool MayImport(Actor actor);

    /// <summary>
    /// Judges every row against what is stored now and against the other rows, and changes nothing. In the real run it is asked inside the
    /// write, so that what it saw is true until <see cref="ImportPlan.ApplyAsync"/> is done.
    /// </summary>
    public abstract Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct);

    /// <summary>
    /// Takes back, inside a write, the things of a batch that nobody touched since; returns those it had to leave alone, each with what
    /// it is called. New things go away as the house lets them go; changed ones become what they were.
    /// </summary>
    public abstract Task<IReadOnlyList<LeftAlone>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedThing> things, CancellationToken ct);
}

/// <summary>A switch of a kind, such as "restore deleted people".</summary>
public sealed record ImportOption(string Key, LocalName Name, LocalName Hint, bool IsOn = false);

/// <summary>What a plan is made of: the rows by column, which columns the file has at all, and the switches that are on.</summary>
public sealed record ImportInput(IReadOnlyList<ImportRow> Rows, IReadOnlySet<string> Columns, IReadOnlySet<string> Options)
{
    public bool CountsFrom1904 { get; init; }

    /// <summary>How the file is read as a whole. Null: column by column.</summary>
    public ImportReading? Reading { get; init; }

    /// <summary>Where in a row the columns of the reading stand, by header.</summary>
    public IReadOnlyDictionary<string, int> Positions { get; init; } = new Dictionary<string, int>();

    /// <summary>How many columns have a header.</summary>
    public int Headers { get; init; }

    /// <summary>Told how many rows are done; may be called often.</summary>
    public Action<int> Progress { get; init; } = _ => { };

    public bool Has(string column) => Columns.Contains(column);
}

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

public enum ImportOutcome
{
    New = 1,
    Changed = 2,
    Same = 3,
    Rejected = 4,
}

/// <summary>What becomes of one row: what it is called, what would change from what to what, or everything that is wrong with it.</summary>
public sealed record RowVerdict(
    int Row, string Label, ImportOutcome Outcome, IReadOnlyList<FieldChange> Changes, IReadOnlyList<RowProblem> Problems)
{
    public static RowVerdict New(int row, string label) => new(row, label, ImportOutcome.New, [], []);

    public static RowVerdict Same(int row, string label) => new(row, label, ImportOutcome.Same, [], []);

    public static RowVerdict Changed(int row, string label, IReadOnlyList<FieldChange> changes) => new(row, label, ImportOutcome.Changed, changes, []);

    public static RowVerdict Rejected(int row, string label, IReadOnlyList<RowProblem> problems) => new(row, label, ImportOutcome.Rejected, [], problems);
}

/// <summary>One field of a changed row. A value that is an enum member's name is shown by the column's choices.</summary>
public sealed record FieldChange(string Column, string? Old, string? New);

/// <summary>Why a row is refused: a key of the slice's words, "Import.…", its arguments, and the column it is about.</summary>
public sealed record RowProblem(string? Column, Type Words, string Code, params IReadOnlyList<object?> Args);

/// <summary>
/// One stored thing of a batch: whether the batch made it, its version right after, and what a changed one was before
/// (JSON that only its kind reads).
/// </summary>
public sealed record ImportedThing(int Row, long Id, bool IsNew, long Version, string? Before);

/// <summary>A thing that an undo left as it is, because somebody touched it since or it can't be let go: what it is called, and why.</summary>
public sealed record LeftAlone(int Row, string Label, RowProblem Why);
