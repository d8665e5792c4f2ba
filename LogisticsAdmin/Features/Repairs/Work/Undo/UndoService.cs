using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work.Undo;

/// <summary>
/// Undoes a user's latest action, on one ticket or many. Tickets that somebody changed since are left unchanged and listed. Comments, photos
/// and timeline entries are never removed. Throws NotFound or Rejected.
/// </summary>
public sealed class UndoService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, ServiceClockCache clockCache, IStandIns standIns, UndoOffers memory,
    LiveMeter meter, ILogger<UndoService> log)
{
    /// <summary>How long undo is offered.</summary>
    public static readonly TimeSpan Offered = TimeSpan.FromSeconds(10);

    /// <summary>Extra time allowed for the request to reach the server.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <summary>How long change sets are kept, for looking into complaints.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(1);

    private const int Batch = 100;

    /// <summary>Whether undo is offered for a verb of this actor. Comments, ratings and sent messages can't be undone.</summary>
    public static bool IsOffered(RepairVerb verb, Actor actor) => actor.IsStaff && verb is RepairVerb.Triage or RepairVerb.Reject
        or RepairVerb.Assign or RepairVerb.Take or RepairVerb.Decline or RepairVerb.Transfer or RepairVerb.Arrive or RepairVerb.Start
        or RepairVerb.Hold or RepairVerb.Resume or RepairVerb.Complete or RepairVerb.Verify or RepairVerb.SendBack or RepairVerb.HandOver
        or RepairVerb.ChangeUrgency or RepairVerb.Correct or RepairVerb.RequestExtension or RepairVerb.DecideExtension or RepairVerb.Cancel;

    /// <summary>The user's latest action if it can still be undone; otherwise null.</summary>
    public async Task<UndoOffer?> LatestAsync(CancellationToken ct = default)
    {
        var (me, since) = (user.PersonId, clock.GetUtcNow() - Offered);
        await using var db = await databases.CreateDbContextAsync(ct);
        var set = await db.ChangeSets.AsNoTracking().Where(s => s.ActorId == me && s.At > since)
            .OrderByDescending(s => s.At).ThenByDescending(s => s.Id)
            .Select(s => new
            {
                s.Id,
                s.Verb,
                s.At,
                s.UndoneAt,
                Count = db.Set<ChangeSetItem>().Count(i => i.ChangeSetId == s.Id),
                TicketId = db.Set<ChangeSetItem>().Where(i => i.ChangeSetId == s.Id).Min(i => i.TicketId),
            }).FirstOrDefaultAsync(ct);
        if (set is null || set.UndoneAt is not null) return null;
        var number = set.Count > 1 ? null : await db.RepairTickets.Where(t => t.Id == set.TicketId).Select(t => t.Number).FirstAsync(ct);
        var to = set.Verb is not (RepairVerb.Assign or RepairVerb.Transfer) ? null : await (
            from t in db.RepairTickets.Where(t => t.Id == set.TicketId)
            join c in db.Crews on t.CrewId equals c.Id
            join p in db.People on t.TechnicianId equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new { Crew = new LocalName(c.Name, c.NameEn), person.FullName }).FirstOrDefaultAsync(ct);
        return new UndoOffer(set.Id, set.Verb, set.Count, number, to?.Crew, to?.FullName, set.At + Offered - clock.GetUtcNow());
    }

    /// <summary>
    /// Undoes one of the user's own change sets, once and in time. Returns how many tickets were restored, and which were changed since and
    /// by whom.
    /// </summary>
    public async Task<UndoResult> UndoAsync(long changeSetId, CancellationToken ct = default)
    {
        var me = user.PersonId;
        var (done, behind, claimed, verb) = (0, 0L, false, default(RepairVerb));
        List<UndoRefusal> refused = [];
        for (var more = true; more;)
        {
            await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
            more = await db.WriteAsync(async token =>
            {
                var now = clock.GetUtcNow();
                if (!claimed) verb = await ClaimAsync(db, changeSetId, me, now, token);
                var items = await db.ChangeSetItems.AsNoTracking().Where(i => i.ChangeSetId == changeSetId && i.Id > behind)
                    .OrderBy(i => i.Id).Take(Batch).ToListAsync(token);
                done += await UndoAsync(db, verb, items, refused, now, token);
                behind = items.Count == 0 ? behind : items[^1].Id;
                return items.Count == Batch;
            }, claimed ? CancellationToken.None : ct);
            claimed = true;
        }
        meter.Performed(nameof(RepairVerb.Undo));
        log.Undone(changeSetId, me, done, refused.Count);
        memory.Withdraw(changeSetId);
        return new UndoResult(verb, done, refused);
    }

    /// <summary>Deletes old change sets and returns how many.</summary>
    public async Task<int> SweepAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var limit = clock.GetUtcNow() - Retention;
        var swept = 0;
        for (var more = true; more;)
        {
            more = await db.WriteAsync(async token =>
            {
                var old = await db.ChangeSets.Where(s => s.At < limit).OrderBy(s => s.At).Take(Batch).ToListAsync(token);
                db.ChangeSets.RemoveRange(old);
                swept += old.Count;
                return old.Count == Batch;
            }, ct);
        }
        if (swept > 0) log.ChangeSetsSwept(swept);
        return swept;
    }

    private static async Task<RepairVerb> ClaimAsync(LogisticsDb db, long id, long me, DateTimeOffset now, CancellationToken ct)
    {
        var set = await db.ChangeSets.FirstOrDefaultAsync(s => s.Id == id && s.ActorId == me, ct) ?? throw new NotFound();
        if (set.UndoneAt is not null) throw Rejected.Because<WorkText>("UndoneAlready");
        if (set.At + Offered + Grace < now) throw Rejected.Because<WorkText>("UndoTooLate");
        set.Undo(now);
        return set.Verb;
    }

    private async Task<int> UndoAsync(
        LogisticsDb db, RepairVerb verb, List<ChangeSetItem> items, List<UndoRefusal> refused, DateTimeOffset now, CancellationToken ct)
    {
        var (actor, clocks, done) = (await standIns.ActingAsync(db, user.Actor, ct), await clockCache.CurrentAsync(ct), 0);
        var ids = items.ConvertAll(i => i.TicketId);
        var tickets = await db.RepairTickets.Where(t => ids.Contains(t.Id)).ToDictionaryAsync(t => t.Id, ct);
        foreach (var item in items)
        {
            var (ticket, before) = (tickets[item.TicketId], item.Before());
            if (ticket.EventCount != item.EventCount)
            {
                refused.Add(await TouchedAsync(db, ticket, ct));
                continue;
            }
            // Checked against the restored assignment: a technician who declined a job may see it only after the undo.
            actor.Demand(RepairVerb.Undo, new TicketParties(ticket.ReporterId, before.CrewId, before.TechnicianId));
            var (pauses, roomId, categoryId) = (ticket.Pauses.ToList(), ticket.RoomId, ticket.CategoryId);
            ticket.Undo(actor.PersonId!.Value, verb, before, now);
            await RepeatMarks.AfterMoveAsync(db, ticket, roomId, categoryId, ct);
            db.RemoveRange(pauses.Except(ticket.Pauses));
            ticket.RecalculateDeadlines(clocks, now);
            await WithdrawAsync(db, ticket.Number, item.At, ct);
            done++;
        }
        return done;
    }

    private static async Task<UndoRefusal> TouchedAsync(LogisticsDb db, RepairTicket ticket, CancellationToken ct)
    {
        var last = await (
            from e in db.RepairEvents
            where e.TicketId == ticket.Id
            orderby e.Id descending
            join p in db.People on e.ActorId equals p.Id into people
            from person in people.DefaultIfEmpty()
            select new { e.Verb, person.FullName }).FirstAsync(ct);
        return new UndoRefusal(ticket.Number, last.FullName, last.Verb);
    }

    /// <summary>Removes unread notifications about the undone verb. A reply sent with it, and the notification about that reply, are kept.</summary>
    private static async Task WithdrawAsync(LogisticsDb db, string number, DateTimeOffset at, CancellationToken ct)
    {
        var unread = db.Inbox.Where(i => i.Subject == number && i.At == at && i.Kind != (int)RepairNotification.Replied && i.ReadAt == null);
        foreach (var message in await unread.ToListAsync(ct))
        {
            db.Inbox.Remove(message);
            db.Announce(new KeyChanged(InboxService.Topic, message.PersonId));
        }
    }
}

/// <summary>
/// An action that can be undone: the verb, the number of tickets, and the time left. Includes the number of a single ticket, and the assignee
/// of an assignment.
/// </summary>
public sealed record UndoOffer(long Id, RepairVerb Verb, int Count, string? Number, LocalName? Crew, string? Technician, TimeSpan Remaining);

/// <summary>The number of restored tickets, and those not restored because somebody changed them.</summary>
public sealed record UndoResult(RepairVerb Verb, int Done, IReadOnlyList<UndoRefusal> Refused);

/// <summary>A ticket that was changed since: by whom (null for the system), and what they did last.</summary>
public sealed record UndoRefusal(string Number, string? By, RepairVerb LastVerb);
