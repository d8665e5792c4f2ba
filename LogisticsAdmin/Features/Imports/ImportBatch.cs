using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Imports;

/// <summary>One imported file: kind, person, time and counts. It can be undone as a whole, once.</summary>
public sealed class ImportBatch : Versioned, IAudited
{
    private ImportBatch() { }

    public ImportBatch(string kind, string fileName, string sheet, long? byId, DateTimeOffset at, ImportCounts counts) =>
        (Kind, FileName, Sheet, ById, At, Created, Changed, Same, Rejected) =
        (kind, CleanText.Clean(fileName), CleanText.Clean(sheet), byId, at, counts.New, counts.Changed, counts.Same, counts.Rejected);

    /// <summary>The key of its <see cref="ImportKind"/>.</summary>
    [NotAudited]
    public string Kind { get; private set; } = "";
    public string FileName { get; private set; } = "";
    public string Sheet { get; private set; } = "";
    [NotAudited]
    public long? ById { get; private set; }

    [NotAudited]
    public DateTimeOffset At { get; private set; }
    public int Created { get; private set; }
    public int Changed { get; private set; }
    public int Same { get; private set; }
    public int Rejected { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }

    [NotAudited]
    public long? UndoneById { get; private set; }

    /// <summary>Number of things that the undo had to leave unchanged.</summary>
    public int LeftAlone { get; private set; }

    /// <summary>When its rows and what an undo needs were deleted because of their age.</summary>
    [NotAudited]
    public DateTimeOffset? RowsRemovedAt { get; private set; }

    public ImportCounts Counts => new(Created, Changed, Same, Rejected);

    public void Undo(DateTimeOffset at, long? byId)
    {
        if (UndoneAt is not null) throw Shared.Rejected.Because<ImportsText>("AlreadyUndone", FileName);
        if (RowsRemovedAt is not null) throw Shared.Rejected.Because<ImportsText>("TooOldToUndo", FileName);
        (UndoneAt, UndoneById) = (at, byId);
    }

    /// <summary>Its rows are deleted: it can't be undone any more.</summary>
    public void RemoveRows(DateTimeOffset at) => RowsRemovedAt ??= at;

    public void LeaveAlone(int things) => LeftAlone = things;
}
