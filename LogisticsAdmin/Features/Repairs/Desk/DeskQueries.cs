using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Queries of the desk and the board: windows, counts and columns of tickets that match a filter. For the office only.</summary>
public sealed partial class DeskQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, ServiceClockCache clockCache, SharedRows<RepairRow> shared, TimeProvider clock)
{
    /// <summary>Up to this many text matches are looked up by id and sorted; more are looked for along the order of the desk.</summary>
    private const int FewHits = 500;

    private static readonly RepairView[] CurrentViews = [.. Enum.GetValues<RepairView>().Except([RepairView.All])];

    /// <summary>
    /// One window of the triage list, most pressing first by default: after <paramref name="after"/>, or before <paramref name="before"/>.
    /// Both are edges of the same sort.
    /// </summary>
    public async Task<Page<RepairRow>> WindowAsync(
        RepairFilter filter, int take, RowEdge? after = null, RowEdge? before = null, DeskSort sort = DeskSort.Pressing, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await NarrowingAsync(db, filter, ct) is not { } narrowing) return Page<RepairRow>.Empty;
        var tickets = Find(db, filter, narrowing, sort);

        if (before is { } edge)
        {
            var back = await ReadAsync(db, tickets.Before(edge).Backwards(sort).Take(take + 1), sort, ct);
            return new Page<RepairRow>([.. back.TakeLast(take)], back.Count > take, MoreAfter: true);
        }
        if (after is { } start) tickets = tickets.Behind(start);
        var forward = await ReadAsync(db, tickets.InOrder(sort).Take(take + 1), sort, ct);
        return new Page<RepairRow>([.. forward.Take(take)], MoreBefore: after is not null, forward.Count > take);
    }

    /// <summary>The number of tickets in each view, under the rest of the filter.</summary>
    public async Task<IReadOnlyDictionary<RepairView, int>> CountsAsync(RepairFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await NarrowingAsync(db, filter, ct) is not { } narrowing) return Enum.GetValues<RepairView>().ToDictionary(view => view, _ => 0);
        var all = filter with { View = RepairView.All };
        var current = await Narrow(db.CurrentTickets, all, narrowing).GroupBy(_ => 1).Select(InEach(CurrentViews)).SingleOrDefaultAsync(ct)
            ?? new int[CurrentViews.Length];
        var counts = CurrentViews.Zip(current).ToDictionary();
        // The office sees all tickets, so if the text is all that narrows, its matches are the count.
        var onlyText = narrowing.Many is not null && all with { Sort = null } == new RepairFilter { View = RepairView.All, Text = all.Text };
        counts[RepairView.All] = onlyText ? await narrowing.Many!.CountAsync(ct) : await Find(db, all, narrowing).CountAsync(ct);
        return counts;
    }

    /// <summary>The number of tickets that match each filter.</summary>
    public async Task<IReadOnlyList<int>> CountAsync(IReadOnlyList<RepairFilter> filters, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        List<int> counts = [];
        foreach (var filter in filters)
        {
            var narrowing = await NarrowingAsync(db, filter, ct);
            counts.Add(narrowing is null ? 0 : await Find(db, filter, narrowing).CountAsync(ct));
        }
        return counts;
    }

    /// <summary>The columns of the board under the filter, ignoring its view: the most pressing tickets of each, and its total.</summary>
    public async Task<IReadOnlyList<BoardLane>> BoardAsync(RepairFilter filter, int perColumn, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await NarrowingAsync(db, filter, ct) is not { } narrowing) return [.. BoardLane.Columns.Select(status => new BoardLane(status, 0, []))];
        List<BoardLane> lanes = [];
        foreach (var status in BoardLane.Columns)
        {
            var tickets = Find(db, filter with { View = RepairView.All, Status = status }, narrowing, DeskSort.Pressing);
            var rows = await ReadAsync(db, tickets.InOrder(DeskSort.Pressing).Take(perColumn + 1), DeskSort.Pressing, ct);
            lanes.Add(new BoardLane(status, rows.Count > perColumn ? await tickets.CountAsync(ct) : rows.Count, [.. rows.Take(perColumn)]));
        }
        return lanes;
    }

    /// <summary>
    /// The parts of a filter that need a query first: the leaves of its category and the matches of its text, as a list if they are few, else as
    /// a query.
    /// </summary>
    private sealed record Narrowing(IReadOnlyList<long>? Leaves, IReadOnlyList<long>? Few, IQueryable<long>? Many);

    /// <summary>Null if the typed text contains no searchable word.</summary>
    private static async Task<Narrowing?> NarrowingAsync(LogisticsDb db, RepairFilter filter, CancellationToken ct)
    {
        if (filter.HasText && !SearchIndex.HasWords(filter.Text)) return null;
        var leaves = filter.CategoryId is { } category
            ? await db.Categories.Where(c => c.Id == category || c.ParentId == category).Select(c => c.Id).ToListAsync(ct)
            : null;
        if (!filter.HasText) return new Narrowing(leaves, null, null);
        var matching = await db.MatchingTicketsAsync(filter.Text, ct);
        var few = await matching.Take(FewHits + 1).ToListAsync(ct);
        return few.Count <= FewHits ? new Narrowing(leaves, few, null) : new Narrowing(leaves, null, matching);
    }

    private IQueryable<RepairTicket> Find(LogisticsDb db, RepairFilter filter, Narrowing narrowing, DeskSort? sort = null) =>
        Narrow(narrowing.Few is null ? db.Desk(filter, sort) : db.WithoutIndex<RepairTicket>(), filter, narrowing)
            .Where(RepairFilter.InView(filter.View, user.PersonId));

    private IQueryable<RepairTicket> Narrow(IQueryable<RepairTicket> tickets, RepairFilter filter, Narrowing narrowing)
    {
        tickets = tickets.AsNoTracking().VisibleTo(user.Actor);
        if (filter.Status is { } status) tickets = tickets.Where(t => t.Status == status);
        if (filter.CampusId is { } campus) tickets = tickets.Where(t => t.CampusId == campus);
        if (filter.BuildingId is { } building) tickets = tickets.Where(t => t.BuildingId == building);
        if (filter.Urgency is { } urgency) tickets = tickets.Where(t => t.Urgency == urgency);
        if (filter.CrewId is { } crew) tickets = tickets.Where(t => t.CrewId == crew);
        if (filter.TechnicianId is { } technician) tickets = tickets.Where(t => t.TechnicianId == technician);
        if (filter.From is { } from) tickets = tickets.Where(t => t.SubmittedAt >= from);
        if (filter.Before is { } before) tickets = tickets.Where(t => t.SubmittedAt < before);
        if (narrowing.Leaves is { } leaves) tickets = tickets.Where(t => leaves.Contains(t.CategoryId));
        if (narrowing.Few is { } few) tickets = tickets.Where(t => few.Contains(t.Id));
        if (narrowing.Many is { } many) tickets = tickets.Where(t => many.Contains(t.Id));
        return tickets;
    }

    /// <summary>Counts the tickets of a group in each of these views, in one query.</summary>
    private Expression<Func<IGrouping<int, RepairTicket>, int[]>> InEach(IEnumerable<RepairView> views)
    {
        var group = Expression.Parameter(typeof(IGrouping<int, RepairTicket>));
        var tickets = Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [typeof(RepairTicket)], group);
        return Expression.Lambda<Func<IGrouping<int, RepairTicket>, int[]>>(Expression.NewArrayInit(typeof(int), views.Select(view =>
            Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(RepairTicket)], tickets, RepairFilter.InView(view, user.PersonId)))), group);
    }

    /// <summary>
    /// Reads the rows of the selected tickets. The inner query selects ids from the index, so that only displayed rows are read and joined.
    /// </summary>
    private async Task<List<RepairRow>> ReadAsync(LogisticsDb db, IQueryable<RepairTicket> chosen, DeskSort sort, CancellationToken ct)
    {
        var ids = chosen.Select(t => t.Id);
        var rows = await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => ids.Contains(t.Id))).ToListAsync(ct);
        return [.. rows.OrderBy(r => RowEdge.Of(r, sort)).Select(shared.Share)];
    }
}
