using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.SavedViews;

/// <summary>A named filter of a list. "Mine" in it refers to the user who opens it.</summary>
public sealed class SavedView : Versioned, IAudited
{
    private SavedView() { }

    public SavedView(long ownerId, string list, string name, string query, int position)
    {
        (OwnerId, List, Query, Position) = (ownerId, list, query, position);
        Rename(name, shared: false);
    }

    public long OwnerId { get; private set; }

    /// <summary>The list that it filters; see <see cref="IViewedList.Key"/>.</summary>
    [NotAudited]
    public string List { get; private set; } = "";

    /// <summary>Whether the whole office sees it.</summary>
    public bool Shared { get; private set; }
    public string Name { get; private set; } = "";

    /// <summary>The query string of the list's address, without what is selected.</summary>
    public string Query { get; private set; } = "";

    /// <summary>The position among its owner's views of the list.</summary>
    [NotAudited]
    public int Position { get; private set; }

    public void Rename(string name, bool shared) => (Name, Shared) = (CleanText.Clean(name), shared);

    public void SetPosition(int position) => Position = position;
}
