using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.SavedViews;

/// <summary>A list whose filters can be saved as views. Implemented by the slice that has the list.</summary>
public interface IViewedList
{
    /// <summary>Stored with each view, so it never changes.</summary>
    string Key { get; }

    /// <summary>The heading of its views in the menu.</summary>
    LocalName Heading { get; }

    /// <summary>The path of its page.</summary>
    string Path { get; }

    /// <summary>The filter of a query string in the list's own spelling; null if anything in it is no filter, such as what is selected.</summary>
    string? Normalize(string query);
}

/// <summary>A list whose views are counted live.</summary>
public interface IViewedList<TFilter, TRow> : IViewedList where TRow : class, ILiveRow
{
    /// <summary>The filter in an address or query string.</summary>
    TFilter Read(string address);

    /// <summary>Whether the list with this filter is what the view shows.</summary>
    bool IsShown(TFilter view, TFilter shown);

    bool MaySee(Actor actor, TRow row);

    /// <summary>By how much a change moves the number of matches.</summary>
    int Moves(TFilter filter, TRow? before, TRow after, long me);

    /// <summary>The number of rows that match each filter.</summary>
    Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<TFilter> filters, CancellationToken ct);
}
