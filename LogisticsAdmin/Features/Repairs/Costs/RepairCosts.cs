using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>
/// The parts and labour used by repairs, recorded by the ticket's technician or the office while it is worked on. Throws
/// <see cref="NotFound"/> if the user may not see the ticket's costs, <see cref="Forbidden"/> if they may not record on it, and
/// <see cref="Rejected"/> if its status does not allow recording.
/// </summary>
public sealed class RepairCosts(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IStandIns standIns, ILogger<RepairCosts> log)
{
    /// <summary>Topic of the feed: lines of the ticket with that id changed.</summary>
    public const string Topic = "repair-costs";

    private const int MaxHits = 12;

    private static readonly TimeSpan Lately = TimeSpan.FromDays(90);
    private static readonly UsePartFormValidator PartRules = new();
    private static readonly UseLabourFormValidator LabourRules = new();

    /// <summary>Everything used on a ticket, including withdrawn lines, in the order of recording.</summary>
    public async Task<CostView> ViewAsync(long ticketId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var actor = await standIns.ActingAsync(db, user.Actor, ct);
        var ticket = await FindAsync(db, ticketId, actor, ct);
        var lines = await (
            from u in db.RepairUses.AsNoTracking()
            where u.TicketId == ticketId
            join p in db.Parts on u.PartId equals p.Id into parts
            from part in parts.DefaultIfEmpty()
            join worker in db.People on u.PersonId equals worker.Id
            join w in db.People on u.WithdrawnById equals w.Id into withdrawers
            from withdrawer in withdrawers.DefaultIfEmpty()
            orderby u.Id
            select new
            {
                u.RecordedById,
                Row = new UseRow(u.Id, part.Code, part == null ? null : new LocalName(part.Name, part.NameEn),
                    part == null ? null : new LocalName(part.Unit, part.UnitEn),
                    u.Quantity, u.Minutes, u.UnitPrice, new Money(u.AmountFen), worker.FullName, u.At, u.WithdrawnAt, withdrawer.FullName, false),
            }).ToListAsync(ct);
        var isOpen = CostAccess.Recordable.Contains(ticket.Status);
        return new CostView(ticketId,
            [.. lines.Select(l => l.Row with { MayWithdraw = isOpen && l.Row.WithdrawnAt is null && actor.MayWithdraw(ticket.Parties, l.RecordedById) })],
            ticket.Imported,
            isOpen && actor.MayRecordUse(ticket.Parties));
    }

    /// <summary>
    /// Parts for the technician of a ticket: those they used lately first, then those of their crew, then the others by code. What is typed
    /// filters by code, name or pinyin; <paramref name="chosen"/> is always among them.
    /// </summary>
    public async Task<IReadOnlyList<PartChoice>> OfferedAsync(long ticketId, string? typed, long? chosen = null, CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var ticket = await FindAsync(db, ticketId, actor, ct);
        var (me, crew, since) = (user.PersonId, ticket.Parties.CrewId ?? actor.CrewId, clock.GetUtcNow() - Lately);
        var used = await (
            from u in db.RepairUses
            where u.PartId != null && u.At >= since && u.WithdrawnAt == null
            join p in db.People on u.PersonId equals p.Id
            where p.Id == me || p.CrewId == crew
            group u by u.PartId!.Value into uses
            select new { PartId = uses.Key, Mine = uses.Max(u => u.PersonId == me ? 1 : 0), Last = uses.Max(u => u.At) }).ToListAsync(ct);
        var rank = used.OrderByDescending(u => u.Mine).ThenByDescending(u => u.Last).Select((u, n) => (u.PartId, n)).ToDictionary(u => u.PartId, u => u.n);
        var parts = await Choices(db.Parts.AsNoTracking().Living(), db).ToListAsync(ct);
        return
        [
            .. parts.Where(p => p.Id == chosen || p.IsNamed(typed)).OrderByDescending(p => p.Id == chosen)
                .ThenBy(p => rank.GetValueOrDefault(p.Id, int.MaxValue)).ThenBy(p => p.Code, StringComparer.Ordinal).Take(MaxHits),
        ];
    }

    /// <summary>At most <paramref name="take"/> parts to choose from, ordered by code; <paramref name="typed"/> filters by code or name.</summary>
    public async Task<IReadOnlyList<PartChoice>> ChoicesAsync(string? typed, int take = MaxHits, CancellationToken ct = default)
    {
        user.Actor.DemandStaff();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Choices(db.Parts.AsNoTracking().Living().Named(typed), db).Take(take).ToListAsync(ct);
    }

    private static IQueryable<PartChoice> Choices(IQueryable<Part> parts, LogisticsDb db) =>
        from part in parts
        join price in db.PartPrices.Where(p => p.Until == null) on part.Id equals price.PartId
        orderby part.Code
        select new PartChoice(part.Id, part.Code, new LocalName(part.Name, part.NameEn), new LocalName(part.Unit, part.UnitEn), price.Price);

    /// <summary>用料: records a quantity of a part at its current price.</summary>
    public Task AddPartAsync(long ticketId, UsePartForm form, CancellationToken ct = default)
    {
        PartRules.Demand(form);
        var key = FormKey.Of(form.Key, ticketId, form.PartId, form.Quantity);
        return RecordAsync(ticketId, key, async (db, by, _, token) =>
        {
            var prices =
                from part in db.Parts.Living()
                join current in db.PartPrices on part.Id equals current.PartId
                where part.Id == form.PartId && current.Until == null
                select (decimal?)current.Price;
            var price = await prices.FirstOrDefaultAsync(token) ?? throw Rejected.At<CostsText>(nameof(UsePartForm.PartId), "UnknownPart");
            return RepairUse.OfPart(ticketId, form.PartId!.Value, form.Quantity!.Value, price, by, key);
        }, ct);
    }

    /// <summary>工时: records minutes at the current rate of the worker's crew, or of the ticket's crew if the worker has none.</summary>
    public Task AddLabourAsync(long ticketId, UseLabourForm form, CancellationToken ct = default)
    {
        LabourRules.Demand(form);
        var key = FormKey.Of(form.Key, ticketId, form.Minutes);
        return RecordAsync(ticketId, key, async (db, by, ticket, token) =>
        {
            var crew = await db.People.Where(p => p.Id == by.PersonId).Select(p => p.CrewId).FirstOrDefaultAsync(token) ?? ticket.Parties.CrewId;
            var rate = await db.LabourRates.Where(r => r.CrewId == crew && r.Until == null).Select(r => (decimal?)r.PricePerHour).FirstOrDefaultAsync(token)
                ?? throw Rejected.At<CostsText>(nameof(UseLabourForm.Minutes), "NoRate");
            return RepairUse.OfLabour(ticketId, form.Minutes!.Value, rate, by, key);
        }, ct);
    }

    /// <summary>
    /// 撤回: withdraws a wrong line until the ticket is closed; allowed for whoever recorded it and for the office. The line stays visible
    /// but no longer counts.
    /// </summary>
    public async Task WithdrawAsync(long ticketId, long useId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var actor = await standIns.ActingAsync(db, user.Actor, token);
            var ticket = await FindAsync(db, ticketId, actor, token);
            var use = await db.RepairUses.FirstOrDefaultAsync(u => u.Id == useId && u.TicketId == ticketId, token) ?? throw new NotFound();
            if (!actor.MayWithdraw(ticket.Parties, use.RecordedById)) throw new Forbidden();
            // The form of a line is sent again when its answer was lost.
            if (use.WithdrawnById == user.PersonId) return;
            DemandRecordable(ticket);
            use.Withdraw(user.PersonId, clock.GetUtcNow());
            db.Announce(new KeyChanged(Topic, ticketId));
        }, ct);
        log.UseWithdrawn(useId, ticketId, user.ActorOrNull?.PersonId);
    }

    private async Task RecordAsync(
        long ticketId, Guid? key, Func<LogisticsDb, UsedBy, TicketState, CancellationToken, Task<RepairUse>> make, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var me = user.PersonId;
            // First: a form that is sent again was accepted, even if the job is somebody else's or done by now.
            if (key is not null && await db.RepairUses.AnyAsync(u => u.Key == key && u.RecordedById == me, token)) return;
            var actor = await standIns.ActingAsync(db, user.Actor, token);
            var ticket = await FindAsync(db, ticketId, actor, token);
            if (!actor.MayRecordUse(ticket.Parties)) throw new Forbidden();
            DemandRecordable(ticket);
            // What the office records was used by the ticket's technician.
            var who = actor.IsAssignedTo(ticket.Parties) ? me : ticket.Parties.TechnicianId ?? me;
            db.RepairUses.Add(await make(db, new UsedBy(who, me, clock.GetUtcNow()), ticket, token));
            db.Announce(new KeyChanged(Topic, ticketId));
        }, ct);
        log.UseRecorded(ticketId, user.ActorOrNull?.PersonId);
    }

    private static async Task<TicketState> FindAsync(LogisticsDb db, long ticketId, Actor actor, CancellationToken ct)
    {
        var ticket = await db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => t.Id == ticketId)
            .Select(t => new TicketState(t.Status, new TicketParties(t.ReporterId, t.CrewId, t.TechnicianId), Money.Of(t.CostFen)))
            .FirstOrDefaultAsync(ct) ?? throw new NotFound();
        // A reporter must not learn that cost lines exist.
        if (!actor.MaySeeCosts(ticket.Parties)) throw new NotFound();
        return ticket;
    }

    private static void DemandRecordable(TicketState ticket)
    {
        if (!CostAccess.Recordable.Contains(ticket.Status)) throw Rejected.Because<CostsText>("NotWorkedOn");
    }

    private sealed record TicketState(TicketStatus Status, TicketParties Parties, Money? Imported);
}
