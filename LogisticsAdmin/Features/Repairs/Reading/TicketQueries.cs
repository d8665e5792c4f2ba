using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Queries for single tickets and for the user's own ones. Restricted to what the user may see; never returns entities.</summary>
public sealed class TicketQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, ServiceClockCache clockCache, IStandIns standIns,
    IPlannedOutages outages)
{
    /// <summary>One ticket with its timeline. A reporter gets neither internal notes nor their photos.</summary>
    public async Task<TicketDetail> DetailAsync(string number, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await standIns.ActingAsync(db, user.Actor, ct);
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
                Reporter = reporter.FullName ?? t.ContactName,
                ReporterPhone = reporter.PhoneNumber,
                FiledBy = filedBy.FullName,
                Owner = owner.FullName,
                TechnicianPhone = technician.PhoneNumber,
                Slot = slot,
                t.ArrivedAt,
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
            }).FirstOrDefaultAsync(ct) ?? throw new NotFound();

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

        var byEvent = photos.ToLookup(p => p.EventId, p => p.Photo);
        return new TicketDetail
        {
            Row = row,
            Reporter = more.Reporter,
            Phone = seesInternal || actor.IsReporter(row.Parties) ? row.ContactPhone ?? more.ReporterPhone : null,
            FiledBy = more.FiledBy,
            Owner = more.Owner,
            TechnicianPhone = more.TechnicianPhone,
            Slot = more.Slot?.ToString(),
            ArrivedAt = more.ArrivedAt,
            HeldFrom = more.HeldFrom,
            RoomId = more.RoomId,
            NudgedAt = more.NudgedAt,
            RatingWords = more.RatingWords,
            ReworkOf = more.ReworkOf,
            Cost = Money.Of(more.CostFen),
            Outage = row.OutageNoticeId is { } notice ? await outages.FindAsync(notice, ct) : null,
            Source = more.Source,
            ExtraMinutes = more.ExtraMinutes,
            AskedLate = more.AskedLate,
            PromisedAt = more.PromisedAt,
            TimeBreakdown = (await TimeBreakdowns.ReadAsync(db, [row], await clockCache.CurrentAsync(ct), clock.GetUtcNow(), ct))[row.Id],
            Earlier = actor.IsOffice ? await EarlierAsync(db, more.RoomId, row, ct) : [],
            Timeline = [.. events.Select(e => e with { Photos = [.. byEvent[e.Id]] })],
            SeesInternal = seesInternal,
            IsAssigned = actor.IsAssignedTo(row.Parties),
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

    /// <summary>The tickets of a room that have not ended, newest first, so that nobody reports the same fault twice. For the office.</summary>
    public async Task<IReadOnlyList<RepairRow>> OpenInRoomAsync(long roomId, int take = 8, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => t.RoomId == roomId && t.EndedAt == null))
            .OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>The tickets that the user reported, newest first.</summary>
    public async Task<IReadOnlyList<RepairRow>> MineAsync(int take = 100, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => t.ReporterId == me))
            .OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).Take(take).ToListAsync(ct);
    }

    /// <summary>
    /// What an extension by this many hours, or by default the one that is requested, would give if it were granted now. For those who may
    /// request or decide one; null if there is nothing to preview, because the hours are outside the limits or none are requested.
    /// </summary>
    public async Task<ExtensionPreview?> ExtensionAsync(string number, decimal? hours = null, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await standIns.ActingAsync(db, user.Actor, ct);
        var ticket = await db.RepairTickets.AsNoTracking().VisibleTo(actor).FirstOrDefaultAsync(t => t.Number == number, ct) ?? throw new NotFound();
        var parties = TicketParties.Of(ticket);
        if (!actor.May(RepairVerb.RequestExtension, parties) && !actor.May(RepairVerb.DecideExtension, parties)) throw new Forbidden();
        var minutes = hours is { } asked ? (int?)(Math.Clamp(asked, 0, RepairLimits.ExtensionHours) * 60) : ticket.AskedMinutes;
        if (minutes is not > 0 || hours > RepairLimits.ExtensionHours || !ticket.Status.Allows(RepairVerb.RequestExtension)) return null;
        var (time, isPromise) = ticket.ExtendedTo(minutes.Value, await clockCache.CurrentAsync(ct), clock.GetUtcNow());
        return new ExtensionPreview(ticket.DueAt, time, isPromise);
    }

    /// <summary>Whether the user has a message about a ticket, perhaps one that they may no longer see.</summary>
    public async Task<bool> WasToldOfAsync(string number, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Inbox.AnyAsync(i => i.PersonId == me && i.Subject == number, ct);
    }

    /// <summary>
    /// A technician's jobs: assigned to them or to somebody they stand in for today, or to their crew without a technician; by building, floor
    /// and room.
    /// </summary>
    public async Task<IReadOnlyList<RepairRow>> JobsAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await TechnicianAsync(db, ct);
        var (workers, crews) = (actor.Workers(), actor.Crews());
        return await JobsAsync(db, t => workers.Contains(t.TechnicianId) || (t.TechnicianId == null && crews.Contains(t.CrewId)), ct);
    }

    /// <summary>
    /// For a crew's lead, and whoever stands in for them today: the jobs that others of the crew have, in the same order. Nothing for other
    /// technicians.
    /// </summary>
    public async Task<IReadOnlyList<RepairRow>> JobsOfLedCrewAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await TechnicianAsync(db, ct);
        var (workers, own) = (actor.Workers(), actor.Crews());
        var led = await db.Crews.Living().Where(c => workers.Contains(c.LeadId) && own.Contains(c.Id)).Select(c => (long?)c.Id).ToListAsync(ct);
        return led.Count == 0 ? [] : await JobsAsync(db, t => t.TechnicianId != null && !workers.Contains(t.TechnicianId) && led.Contains(t.CrewId), ct);
    }

    private async Task<Actor> TechnicianAsync(LogisticsDb db, CancellationToken ct)
    {
        var actor = user.Actor;
        if (!actor.Is(Role.Technician)) throw new Forbidden();
        return await standIns.ActingAsync(db, actor, ct);
    }

    private static async Task<IReadOnlyList<RepairRow>> JobsAsync(LogisticsDb db, Expression<Func<RepairTicket, bool>> whose, CancellationToken ct)
    {
        TicketStatus[] work = [TicketStatus.Assigned, TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework];
        var jobs = db.CurrentTickets.AsNoTracking().Where(t => work.Contains(t.Status)).Where(whose);
        var rows = await RepairRow.From(db, jobs).OrderBy(r => r.Pressing).Take(300).ToListAsync(ct);
        return [.. rows.OrderBy(r => r.BuildingId).ThenBy(r => r.Floor).ThenBy(r => r.Room.Zh, StringComparer.Ordinal).ThenBy(r => r.Pressing)];
    }

    /// <summary>Search by ticket number or its beginning, room, words of a ticket, or reporter; newest first.</summary>
    public async Task<IReadOnlyList<RepairRow>> SearchAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await standIns.ActingAsync(db, user.Actor, ct);
        var begun = TicketNumber.BegunIn(typed);
        if (actor.IsOffice && begun is not null)
        {
            // The text index would match every ticket by the common prefix; the index of numbers reads only what is needed.
            var end = begun + "~";
            var numbered = db.RepairTickets.Where(t => t.Number.CompareTo(begun) >= 0 && t.Number.CompareTo(end) < 0);
            var latest = numbered.OrderByDescending(t => t.Number).Take(take).Select(t => t.Id);
            return await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => latest.Contains(t.Id)))
                .OrderByDescending(r => r.SubmittedAt).ThenByDescending(r => r.Id).ToListAsync(ct);
        }
        var words = begun ?? typed;
        if (!SearchIndex.HasWords(words)) return [];
        // The newest of the ticket's own words are read from the index alone; the office sees them all.
        var ofWords = actor.IsOffice && SearchIndex.Words(words) is [var word]
            ? db.SearchIds<RepairTicket>(word, newest: take)
            : await db.MatchingTicketsAsync(words, ct);
        var ids = await db.RepairTickets.AsNoTracking().Where(t => ofWords.Contains(t.Id)).VisibleTo(actor)
            .OrderByDescending(t => t.Id).Take(take).Select(t => t.Id).ToListAsync(ct);
        if (actor.IsOffice)
        {
            var reporters = db.SearchIds<Person>(words);
            ids.AddRange(await db.RepairTickets.AsNoTracking().Where(t => t.ReporterId != null && reporters.Contains(t.ReporterId.Value))
                .OrderByDescending(t => t.Id).Take(take).Select(t => t.Id).ToListAsync(ct));
        }
        var newest = ids.Distinct().OrderDescending().Take(take).ToList();
        return await RepairRow.From(db, db.RepairTickets.AsNoTracking().Where(t => newest.Contains(t.Id)))
            .OrderByDescending(r => r.Id).ToListAsync(ct);
    }
}
