using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>A named filter of the desk. "Mine" in it refers to the user who opens it.</summary>
public sealed class SavedView : Versioned, IAudited
{
    private SavedView() { }

    public SavedView(long ownerId, string name, RepairFilter filter, int position)
    {
        (OwnerId, Query, Position) = (ownerId, DeskAddress.QueryOf(filter), position);
        Rename(name, shared: false);
    }

    public long OwnerId { get; private set; }

    /// <summary>Whether the whole office sees it.</summary>
    public bool Shared { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The query string of the desk's address, without the selected ticket.</summary>
    public string Query { get; private set; } = "";

    /// <summary>The position among its owner's views.</summary>
    [NotAudited]
    public int Position { get; private set; }

    public void Rename(string name, bool shared) => (Name, Shared) = (CleanText.Clean(name), shared);

    public void SetPosition(int position) => Position = position;
}
