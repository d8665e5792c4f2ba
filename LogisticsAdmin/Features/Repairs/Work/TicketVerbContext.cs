using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Work;

/// <summary>The execution of one verb on one ticket: what a <see cref="TicketAction"/> works with inside the write.</summary>
internal sealed class TicketVerbContext(
    LogisticsDb db, RepairTicket ticket, Actor actor, RepairVerb verb, ServiceClock clocks, OfficeTime office, DateTimeOffset now, BulkTicket? expected)
{
    private static readonly RepairVerb[] ReporterVerbs =
        [RepairVerb.Verify, RepairVerb.SendBack, RepairVerb.Cancel, RepairVerb.Comment, RepairVerb.Attach];

    public LogisticsDb Db { get; } = db;
    public RepairTicket Ticket { get; } = ticket;
    public Actor Actor { get; } = actor;
    public ServiceClock Clocks { get; } = clocks;
    public DateTimeOffset Now { get; } = now;
    public long Me { get; } = actor.PersonId ?? throw new Forbidden();
    public bool IsInternal { get; set; }

    /// <summary>Who stands in for whom today.</summary>
    public required IReadOnlyList<StandIn> StandIns { get; init; }

    /// <summary>The ticket as the user saw it in a bulk action; null if the form itself contains what was seen.</summary>
    public BulkTicket? Expected { get; } = expected;

    /// <summary>The ticket's state that undoing the verb restores; null where undo isn't offered.</summary>
    public TicketSnapshot? Before { get; set; }

    /// <summary>Whether the office acts for somebody else, neither as the ticket's technician nor as its reporter.</summary>
    public bool IsForOthers { get; } = actor.IsOffice && !actor.IsAssignedTo(TicketParties.Of(ticket))
        && !(actor.IsReporter(TicketParties.Of(ticket)) && ReporterVerbs.Contains(verb));

    public Task BindPhotosAsync(IReadOnlyList<Guid> keys, CancellationToken ct) =>
        RepairIntake.BindPhotosAsync(Db, Ticket, Ticket.Events.Last(), Me, keys, ct);

    /// <summary>Fills the placeholders of a canned reply with the facts of the ticket.</summary>
    public async Task<string> FillAsync(string text, CancellationToken ct)
    {
        var subject = await RepairReplySubjects.OfAsync(Db, Db.RepairTickets.AsNoTracking().Where(t => t.Id == Ticket.Id), ct) ?? throw new NotFound();
        return ReplyPlaceholders.Fill(text, ReplyFacts.Of(subject, CultureInfo.CurrentUICulture, Actor.Name, office));
    }

    /// <summary>
    /// Names whoever changed the ticket meanwhile, and its current assignee. With <paramref name="onlyMoves"/>, events that change neither
    /// status nor assignee, such as comments, are ignored.
    /// </summary>
    public async Task<Stale> StaleAsync(bool onlyMoves, CancellationToken ct)
    {
        RepairVerb[] moves = [RepairVerb.Assign, RepairVerb.Transfer, RepairVerb.Undo];
        var last = await (
            from e in Db.RepairEvents
            where e.TicketId == Ticket.Id && (!onlyMoves || e.From != e.To || moves.Contains(e.Verb))
            orderby e.Id descending
            select new { e.ActorId }).FirstOrDefaultAsync(ct);
        var by = await Db.People.Where(p => last != null && p.Id == last.ActorId).Select(p => p.FullName).FirstOrDefaultAsync(ct);
        var crew = await Db.Crews.Where(c => c.Id == Ticket.CrewId).Select(c => new LocalName(c.Name, c.NameEn)).FirstOrDefaultAsync(ct);
        var technician = await Db.People.Where(p => p.Id == Ticket.TechnicianId).Select(p => p.FullName).FirstOrDefaultAsync(ct);
        return new Stale(by, string.Join(" · ", new[] { crew?.ToString(), technician }.OfType<string>()));
    }
}
