using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>
/// Something that can be imported from a spreadsheet. Slices register their kinds; wizard, templates, batches and undo are shared.
/// Dry run and commit use the same <see cref="PlanAsync"/>, so the commit does what the dry run showed.
/// </summary>
public abstract class ImportKind
{
    /// <summary>Stored as the reason when an undo retires something; displayed in the reader's language.</summary>
    public const string UndoneReason = "import-undone";

    /// <summary>Part of URLs and of stored batches, so it must not change: lower-case letters and dashes.</summary>
    public abstract string Key { get; }

    public abstract LocalName Name { get; }

    /// <summary>URL of the page that shows the imported things; the wizard links to it at the end.</summary>
    public abstract string ResultAddress { get; }

    public abstract IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>The list below /exports that this kind reads back, where no other page offers it; else null.</summary>
    public virtual string? ExportList => null;

    /// <summary>Switches that the person may set besides the columns.</summary>
    public virtual IReadOnlyList<ImportOption> Options => [];

    /// <summary>Mappings that the app ships. A file with all headers of one is read by it, unless the person chooses otherwise.</summary>
    public virtual Task<IReadOnlyList<FileMapping>> MappingsAsync(CancellationToken ct) => Task.FromResult<IReadOnlyList<FileMapping>>([]);

    /// <summary>Parses a mapping file. Throws Rejected with the position of an error.</summary>
    public virtual FileMapping ParseMapping(byte[] file, LocalName name) => throw new NotFound();

    /// <summary>
    /// Component that edits a mapping of this kind, with the parameters Mapping, Rows (of the file, below its header), Headers and
    /// OnChanged. Null when the kind has no mappings.
    /// </summary>
    public virtual Type? MappingEditor => null;

    public abstract bool MayImport(Actor actor);

    /// <summary>
    /// Compares every row with the database and with the other rows, without changing anything. The commit calls it inside the write, so
    /// that nothing changes before <see cref="ImportPlan.ApplyAsync"/> has finished.
    /// </summary>
    public abstract Task<ImportPlan> PlanAsync(LogisticsDb db, ImportInput input, CancellationToken ct);

    /// <summary>
    /// Undoes, inside a write, the changes of a batch to things that nobody changed since; returns those that had to be left alone. New
    /// things are removed or retired, changed ones get their earlier values.
    /// </summary>
    public abstract Task<IReadOnlyList<SkippedRow>> UndoAsync(LogisticsDb db, IReadOnlyList<ImportedEntity> entities, CancellationToken ct);
}
