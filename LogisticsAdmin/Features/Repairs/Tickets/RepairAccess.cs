using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Who may see and do what with a ticket: the table of DESIGN.md section 7, "who".</summary>
public static class RepairAccess
{
    /// <summary>The technician named, or anyone of the crew while nobody is.</summary>
    public static bool IsOnIt(this Actor actor, TicketParties ticket) => actor.Is(Role.Technician)
        && (ticket.TechnicianId == actor.PersonId || (ticket.TechnicianId is null && ticket.CrewId is not null && ticket.CrewId == actor.CrewId));

    public static bool IsReporter(this Actor actor, TicketParties ticket) => actor.PersonId is { } me && ticket.ReporterId == me;

    /// <summary>Office staff see all, technicians what is their crew's or theirs, everybody what they reported.</summary>
    public static bool MaySee(this Actor actor, TicketParties ticket) => actor.IsSystem || actor.IsOffice || actor.IsReporter(ticket)
        || (actor.Is(Role.Technician)
            && (ticket.TechnicianId == actor.PersonId || (ticket.CrewId is not null && ticket.CrewId == actor.CrewId)));

    /// <summary>Internal notes are for staff who work on the ticket, never for its reporter as such.</summary>
    public static bool MaySeeInternal(this Actor actor, TicketParties ticket) =>
        actor.IsSystem || actor.IsOffice || (actor.Is(Role.Technician) && actor.MaySee(ticket) && !actor.IsOnlyReporter(ticket));

    /// <summary>Who has a ticket open and who composes something is for the same staff; a resident neither sees nor is shown.</summary>
    public static bool MaySeePresence(this Actor actor, TicketParties ticket) => !actor.IsSystem && actor.MaySeeInternal(ticket);

    private static bool IsOnlyReporter(this Actor actor, TicketParties ticket) =>
        actor.IsReporter(ticket) && ticket.TechnicianId != actor.PersonId && (ticket.CrewId is null || ticket.CrewId != actor.CrewId);

    /// <summary>Whether the verb is this actor's on this ticket. The state is judged by the ticket itself.</summary>
    public static bool May(this Actor actor, RepairVerb verb, TicketParties ticket) => verb switch
    {
        RepairVerb.Submit => actor.PersonId is not null,
        RepairVerb.Triage or RepairVerb.Reject or RepairVerb.Assign or RepairVerb.Transfer or RepairVerb.HandOver
            or RepairVerb.ChangeUrgency or RepairVerb.Correct => actor.IsOffice,
        RepairVerb.Take or RepairVerb.Decline or RepairVerb.Start => actor.IsOnIt(ticket),
        RepairVerb.Hold or RepairVerb.Resume or RepairVerb.Complete => actor.IsOnIt(ticket) || actor.IsOffice,
        RepairVerb.Verify => actor.IsReporter(ticket) || actor.IsOffice || actor.IsSystem,
        RepairVerb.SendBack or RepairVerb.Cancel => actor.IsReporter(ticket) || actor.IsOffice,
        RepairVerb.Rate or RepairVerb.Nudge => actor.IsReporter(ticket),
        RepairVerb.Comment or RepairVerb.Attach => actor.PersonId is not null && actor.MaySee(ticket),
        RepairVerb.RequestExtension => actor.IsOnIt(ticket),
        RepairVerb.DecideExtension => actor.Is(Role.Manager),
        RepairVerb.Undo => actor.IsStaff && actor.MaySee(ticket),
        RepairVerb.BecomeOverdue or RepairVerb.Import or RepairVerb.Escalate => actor.IsSystem,
        _ => false,
    };

    /// <summary>Refuses: as not found what may not be seen, as forbidden what may not be done.</summary>
    public static void Demand(this Actor actor, RepairVerb verb, TicketParties ticket)
    {
        if (!actor.MaySee(ticket)) throw new NotFound();
        if (!actor.May(verb, ticket)) throw new Forbidden();
    }

    extension(IQueryable<RepairTicket> tickets)
    {
        /// <summary>The same rule as <see cref="MaySee"/>, for queries.</summary>
        public IQueryable<RepairTicket> VisibleTo(Actor actor)
        {
            if (actor.IsSystem || actor.IsOffice) return tickets;
            var (me, crew) = (actor.PersonId, actor.CrewId);
            return actor.Is(Role.Technician)
                ? tickets.Where(t => t.ReporterId == me || t.TechnicianId == me || (t.CrewId != null && t.CrewId == crew))
                : tickets.Where(t => t.ReporterId == me);
        }
    }
}
