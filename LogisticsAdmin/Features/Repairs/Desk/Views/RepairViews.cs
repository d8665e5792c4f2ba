using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Desk.Views;

/// <summary>The list of the desk, whose filters are saved as views.</summary>
internal sealed class RepairViews(DeskQueries queries) : IViewedList<RepairFilter, RepairRow>
{
    /// <summary>Stored with each view.</summary>
    public const string List = "repairs";

    private static readonly LocalName Words = LocalName.Of<ViewsText>("Saved");

    public string Key => List;

    public LocalName Heading => Words;

    public string Path => "repairs";

    public string? Normalize(string query) => DeskAddress.TryRead(query, out var filter) ? DeskAddress.QueryOf(filter) : null;

    public RepairFilter Read(string address) => DeskAddress.Read(address);

    // A list in the user's own sort is the view too, for example right after it was saved.
    public bool IsShown(RepairFilter view, RepairFilter shown) => view == shown || (shown.Sort is null && view with { Sort = null } == shown);

    public bool MaySee(Actor actor, RepairRow row) => actor.MaySee(row.Parties);

    public int Moves(RepairFilter filter, RepairRow? before, RepairRow after, long me) => filter.Moves(before, after, me);

    public Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<RepairFilter> filters, CancellationToken ct) => queries.CountAsync(filters, ct);
}
