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
