using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Board;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>What pages read of tickets. Starts from what the person may see; never hands out an entity.</summary>
public sealed partial class RepairQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock)
{
    /// <summary>The most hits of a text search that are sorted by what is pressing; beyond that the newest count.</summary>
    private const int MostHits = 500;

    private static readonly RepairView[] CurrentViews = [.. Enum.GetValues<RepairView>().Except([RepairView.All])];

    /// <summary>
    /// One window of the triage list, most pressing first unless sorted otherwise: behind <paramref name="after"/>, or in front of
    /// <paramref name="before"/>, which are edges of the same sort.
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

    /// <summary>How many tickets each view holds under the rest of the filter.</summary>
    public async Task<IReadOnlyDictionary<RepairView, int>> CountsAsync(RepairFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await NarrowingAsync(db, filter, ct) is not { } narrowing) return Enum.GetValues<RepairView>().ToDictionary(view => view, _ => 0);
        var all = filter with { View = RepairView.All };
        var current = await Narrow(db.CurrentTickets, all, narrowing).GroupBy(_ => 1).Select(InEach(CurrentViews)).FirstOrDefaultAsync(ct) ?? new int[CurrentViews.Length];
        var counts = CurrentViews.Zip(current).ToDictionary();
        counts[RepairView.All] = await Find(db, all, narrowing).CountAsync(ct);
        return counts;
    }

    /// <summary>How many tickets each of these filters finds.</summary>
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

    /// <summary>The columns of the board under the filter, whatever its view: the most pressing of each, and how many it holds.</summary>
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

    /// <summary>One ticket with its timeline. A reporter gets neither internal notes nor their photos.</summary>
    public async Task<RepairSheet> SheetAsync(string number, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var tickets = db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => t.Number == number);
        var row = await RepairRow.From(db, tickets).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        var more = await (
            from t in tickets
            join r in db.People on t.ReporterId equals r.Id into reporters
            from reporter in reporters.DefaultIfEmpty()
            join f in db.People on t.FiledById equals f.Id into filers
            from filedBy in filers.DefaultIfEmpty()
            join o in db.People on t.OwnerId equals o.Id into owners
            from owner in owners.DefaultIfEmpty()
            join w in db.People on t.TechnicianId equals w.Id into technicians
            from technician in technicians.DefaultIfEmpty()
            join s in db.VisitSlots on t.VisitSlotId equals s.Id into slots
            from slot in slots.DefaultIfEmpty()
            select new
            {
                Reporter = reporter.FullName,
                ReporterPhone = reporter.PhoneNumber,
                FiledBy = filedBy.FullName,
                Owner = owner.FullName,
                TechnicianPhone = technician.PhoneNumber,
                Slot = slot,
                t.HeldFrom,
                t.RatingWords,
                t.RoomId,
                t.NudgedAt,
                t.CostFen,
                t.Source,
                t.ExtraMinutes,
                t.AskedLate,
                t.PromisedAt,
                ReworkOf = db.Set<RepairTicket>().Where(x => x.Id == t.ReworkOfId).Select(x => x.Number).FirstOrDefault(),
            }).FirstAsync(ct);

        var seesInternal = actor.MaySeeInternal(row.Parties);
        var photos = await db.RepairPhotos.AsNoTracking().Where(p => p.TicketId == row.Id && (seesInternal || !p.Internal))
            .OrderBy(p => p.Id).Select(p => new { p.EventId, Photo = new PhotoRow(p.Key, p.Width, p.Height) }).ToListAsync(ct);
        var events = await (
            from e in db.RepairEvents.AsNoTracking()
            where e.TicketId == row.Id && (seesInternal || !e.Internal)
            join a in db.People on e.ActorId equals a.Id into actors
            from who in actors.DefaultIfEmpty()
            join p in db.People on e.PersonId equals p.Id into people
            from person in people.DefaultIfEmpty()
            join c in db.Crews on e.CrewId equals c.Id into crews
            from crew in crews.DefaultIfEmpty()
            orderby e.Id
            select new TimelineEntry(e.Id, e.Verb, e.At, e.ActorId, who.FullName, e.From, e.To, e.Code,
                crew == null ? null : new LocalName(crew.Name, crew.NameEn), person.FullName, e.Note, e.Internal)).ToListAsync(ct);

        // Moves are no secret, whoever may read the words beside them.
        var moves = await db.RepairEvents.AsNoTracking().Where(e => e.TicketId == row.Id && (e.From != e.To || e.Verb == RepairVerb.Submit))
            .OrderBy(e => e.Id).Select(e => new { e.At, e.To, e.Code }).ToListAsync(ct);
        var byEvent = photos.ToLookup(p => p.EventId, p => p.Photo);
        var isStaff = actor.IsOffice || actor.MaySeeInternal(row.Parties);
        return new RepairSheet
        {
            Row = row,
            Reporter = more.Reporter,
            Phone = isStaff || actor.IsReporter(row.Parties) ? row.ContactPhone ?? more.ReporterPhone : null,
            FiledBy = more.FiledBy,
            Owner = more.Owner,
            TechnicianPhone = more.TechnicianPhone,
            Slot = more.Slot?.ToString(),
            HeldFrom = more.HeldFrom,
            RoomId = more.RoomId,
            NudgedAt = more.NudgedAt,
            RatingWords = more.RatingWords,
            ReworkOf = more.ReworkOf,
            Cost = Money.Of(more.CostFen),
            Source = more.Source,
            ExtraMinutes = more.ExtraMinutes,
            AskedLate = more.AskedLate,
            PromisedAt = more.PromisedAt,
            Sunlight = Sunlight.Of(moves.Select(m => (m.At, m.To, Enum.TryParse<HoldReason>(m.Code?.Split('.')[^1], out var reason) ? reason : (HoldReason?)null)), row.EndedAt ?? clock.GetUtcNow()),
            Earlier = actor.IsOffice ? await EarlierAsync(db, more.RoomId, row, ct) : [],
            Timeline = [.. events.Select(e => e with { Photos = [.. byEvent[e.Id]] })],
            Verbs = [.. Enum.GetValues<RepairVerb>().Where(v => actor.May(v, row.Parties))],
        };
    }

    private static async Task<IReadOnlyList<EarlierTicket>> EarlierAsync(LogisticsDb db, long roomId, RepairRow row, CancellationToken ct)
    {
        var since = row.SubmittedAt - CampusRules.RepeatWithin;
        var earlier = await db.RepairTickets.AsNoTracking()
            .Where(t => t.RoomId == roomId && t.CategoryId == row.CategoryId && t.SubmittedAt >= since && t.SubmittedAt <= row.SubmittedAt && t.Id != row.Id)
            .OrderByDescending(t => t.SubmittedAt).Take(20)
            .Join(db.TicketCosts, t => t.Id, cost => cost.TicketId, (t, cost) => new { t.Number, t.SubmittedAt, t.Status, t.Description, Cost = cost })
            .OrderByDescending(t => t.SubmittedAt).ToListAsync(ct);
        return [.. earlier.Select(t => new EarlierTicket(t.Number, t.SubmittedAt, t.Status, t.Description, t.Cost.Total ?? Money.Zero))];
    }

    /// <summary>What the person reported themselves, newest first.</summary>
    public async Task<IReadOnlyList<RepairRow>> MineAsync(int take = 100, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => t.ReporterId == me))
            .OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>A technician's jobs: named for them, or for their crew with nobody named; by building, floor and room.</summary>
    public async Task<IReadOnlyList<RepairRow>> JobsAsync(CancellationToken ct = default)
    {
        var actor = user.Actor;
        if (!actor.Is(Role.Technician)) throw new Forbidden();
        var (me, crew) = (actor.PersonId, actor.CrewId);
        TicketStatus[] work = [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework];
        await using var db = await databases.CreateDbContextAsync(ct);
        var jobs = db.CurrentTickets.AsNoTracking().Where(t => work.Contains(t.Status)
            && (t.TechnicianId == me || (t.TechnicianId == null && t.CrewId != null && t.CrewId == crew)));
        var rows = await RepairRow.From(db, jobs).OrderBy(r => r.Pressing).Take(300).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.BuildingId).ThenBy(r => r.Floor).ThenBy(r => r.Room.Zh, StringComparer.Ordinal).ThenBy(r => r.Pressing)];
    }

    /// <summary>The search box: a ticket number or its beginning, a room, words of a ticket; newest first.</summary>
    public async Task<IReadOnlyList<RepairRow>> SearchAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        if (actor.IsOffice && NumberBegunIn(typed) is { } begun)
        {
            // Every ticket has a word that begins so; the index of numbers needs no list of them all.
            var end = begun + "~";
            var numbered = db.RepairTickets.Where(t => t.Number.CompareTo(begun) >= 0 && t.Number.CompareTo(end) < 0);
            return await ReadAsync(db, numbered.OrderByDescending(t => t.Number).Take(take), DeskSort.Newest, ct);
        }
        if (!SearchIndex.HasWords(typed)) return [];
        var hits = db.SearchIds<RepairTicket>(typed, newest: MostHits);
        var found = db.RepairTickets.AsNoTracking().Where(t => hits.Contains(t.Id));
        return await RepairRow.From(db, found.VisibleTo(actor)).OrderByDescending(r => r.Id).Take(take).ToListAsync(ct);
    }

    private static string? NumberBegunIn(string typed)
    {
        var code = CleanText.Code(typed).ToUpperInvariant();
        return code.StartsWith(RepairIntake.Series, StringComparison.Ordinal) && code[RepairIntake.Series.Length..].All(c => char.IsAsciiDigit(c) || c == '-') ? code : null;
    }

    /// <summary>The categories that tickets carry, by the code that a mapping of a log names them by.</summary>
    public async Task<IReadOnlyList<(string Code, LocalName Name)>> CategoryCodesAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var leaves = await db.Categories.AsNoTracking().Living().Where(c => c.ParentId != null).OrderBy(c => c.ParentId).ThenBy(c => c.Position).Select(c => new { c.Code, c.Name, c.NameEn }).ToListAsync(ct);
        return [.. leaves.Select(c => (c.Code, new LocalName(c.Name, c.NameEn)))];
    }

    /// <summary>What filters and dialogs offer: places, categories, crews, technicians, office members.</summary>
    public async Task<RepairChoices> ChoicesAsync(CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var roles = db.Set<IdentityUserRole<long>>();
        var office = RoleGroups.Office.ToIds();
        return new RepairChoices
        {
            Campuses = await db.Campuses.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new Choice(c.Id, new LocalName(c.Name, c.NameEn), null)).ToListAsync(ct),
            Buildings = await db.Buildings.AsNoTracking().Living().OrderBy(b => b.Id).Select(b => new Choice(b.Id, new LocalName(b.Name, b.NameEn), b.CampusId)).ToListAsync(ct),
            Categories = await db.Categories.AsNoTracking().Living().OrderBy(c => c.Position)
                .Select(c => new CategoryChoice(c.Id, new LocalName(c.Name, c.NameEn), c.ParentId, c.DefaultUrgency, c.DefaultCrewId)).ToListAsync(ct),
            Crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new Choice(c.Id, new LocalName(c.Name, c.NameEn), c.CentreId)).ToListAsync(ct),
            Technicians = !actor.IsOffice ? [] : await db.People.AsNoTracking().Living()
                .Where(p => p.CrewId != null && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)).OrderBy(p => p.FullName)
                .Select(p => new Choice(p.Id, new LocalName(p.FullName, ""), p.CrewId)).ToListAsync(ct),
            Office = !actor.IsOffice ? [] : await db.People.AsNoTracking().Living()
                .Where(p => roles.Any(r => r.UserId == p.Id && office.Contains(r.RoleId))).OrderBy(p => p.FullName)
                .Select(p => new Choice(p.Id, new LocalName(p.FullName, ""), null)).ToListAsync(ct),
            Slots = await db.VisitSlots.AsNoTracking().Living().OrderBy(s => s.From).Select(s => new SlotChoice(s.Id, s.From, s.To)).ToListAsync(ct),
        };
    }

    /// <summary>Rooms of a building for choice, by floor and code.</summary>
    public async Task<IReadOnlyList<RoomChoice>> RoomsAsync(long buildingId, CancellationToken ct = default)
    {
        _ = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.AsNoTracking().Living().Where(r => r.BuildingId == buildingId).OrderBy(r => r.Floor).ThenBy(r => r.Code)
            .Select(r => new RoomChoice(r.Id, new LocalName(r.Name, r.NameEn), r.Floor, r.BuildingId)).ToListAsync(ct);
    }

    /// <summary>The building a room stands in; null when there is no such room.</summary>
    public async Task<long?> BuildingOfAsync(long roomId, CancellationToken ct = default)
    {
        _ = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.Where(r => r.Id == roomId).Select(r => (long?)r.BuildingId).FirstOrDefaultAsync(ct);
    }

    /// <summary>The person's own room and phone, to fill the form in for them.</summary>
    public async Task<HomeView> HomeAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from p in db.People
            where p.Id == me
            join r in db.Rooms on p.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join b in db.Buildings on room.BuildingId equals b.Id into buildings
            from building in buildings.DefaultIfEmpty()
            select new HomeView(p.FullName, p.PhoneNumber, p.RoomId, building == null ? null : building.Id,
                building == null ? null : new LocalName(building.Name, building.NameEn), room == null ? null : new LocalName(room.Name, room.NameEn)))
            .FirstAsync(ct);
    }

    /// <summary>People the office may take a report for, by name, number or phone.</summary>
    public async Task<IReadOnlyList<PersonChoice>> PeopleAsync(string typed, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        var wanted = CleanText.Code(typed);
        if (wanted.Length == 0) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.People.AsNoTracking().Living()
            .Where(p => p.FullName.Contains(wanted) || (p.Number != null && p.Number.StartsWith(wanted)) || (p.PhoneNumber != null && p.PhoneNumber.StartsWith(wanted)))
            .OrderBy(p => p.FullName).Take(12).Select(p => new PersonChoice(p.Id, p.FullName, p.Number, p.PhoneNumber, p.RoomId)).ToListAsync(ct);
    }

    /// <summary>Of a filter, what the database has to be asked for: the leaves of its category, and the hits of its text.</summary>
    private sealed record Narrowing(IReadOnlyList<long>? Leaves, IReadOnlyList<long>? Hits);

    /// <summary>Null when the typed text holds no word that could be found.</summary>
    private static async Task<Narrowing?> NarrowingAsync(LogisticsDb db, RepairFilter filter, CancellationToken ct, int mostHits = MostHits)
    {
        if (filter.HasText && !SearchIndex.HasWords(filter.Text)) return null;
        return new Narrowing(
            filter.CategoryId is { } category ? await db.Categories.Where(c => c.Id == category || c.ParentId == category).Select(c => c.Id).ToListAsync(ct) : null,
            filter.HasText ? await db.SearchIds<RepairTicket>(filter.Text, newest: mostHits).ToListAsync(ct) : null);
    }

    private IQueryable<RepairTicket> Find(LogisticsDb db, RepairFilter filter, Narrowing narrowing, DeskSort? sort = null) =>
        Narrow(db.Desk(filter, sort), filter, narrowing).Where(RepairFilter.InView(filter.View, user.PersonId));

    private IQueryable<RepairTicket> Narrow(IQueryable<RepairTicket> tickets, RepairFilter filter, Narrowing narrowing)
    {
        tickets = tickets.AsNoTracking().VisibleTo(user.Actor);
        if (filter.Status is { } status) tickets = tickets.Where(t => t.Status == status);
        if (filter.CampusId is { } campus) tickets = tickets.Where(t => t.CampusId == campus);
        if (filter.BuildingId is { } building) tickets = tickets.Where(t => t.BuildingId == building);
        if (filter.Urgency is { } urgency) tickets = tickets.Where(t => t.Urgency == urgency);
        if (filter.CrewId is { } crew) tickets = tickets.Where(t => t.CrewId == crew);
        if (filter.TechnicianId is { } technician) tickets = tickets.Where(t => t.TechnicianId == technician);
        if (narrowing.Leaves is { } leaves) tickets = tickets.Where(t => leaves.Contains(t.CategoryId));
        if (narrowing.Hits is { } hits) tickets = tickets.Where(t => hits.Contains(t.Id));
        return tickets;
    }

    /// <summary>How many of a group are in each of these views, counted in one reading.</summary>
    private Expression<Func<IGrouping<int, RepairTicket>, int[]>> InEach(IEnumerable<RepairView> views)
    {
        var group = Expression.Parameter(typeof(IGrouping<int, RepairTicket>));
        var tickets = Expression.Call(typeof(Queryable), nameof(Queryable.AsQueryable), [typeof(RepairTicket)], group);
        return Expression.Lambda<Func<IGrouping<int, RepairTicket>, int[]>>(Expression.NewArrayInit(typeof(int), views.Select(view =>
            Expression.Call(typeof(Queryable), nameof(Queryable.Count), [typeof(RepairTicket)], tickets, RepairFilter.InView(view, user.PersonId)))), group);
    }

    /// <summary>The rows of chosen tickets. They are chosen by id, off the index, so that only what is shown is read and joined.</summary>
    private static async Task<List<RepairRow>> ReadAsync(LogisticsDb db, IQueryable<RepairTicket> chosen, DeskSort sort, CancellationToken ct)
    {
        var ids = chosen.Select(t => t.Id);
        var rows = await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => ids.Contains(t.Id))).ToListAsync(ct);
        return [.. rows.OrderBy(r => RowEdge.Of(r, sort))];
    }
}
