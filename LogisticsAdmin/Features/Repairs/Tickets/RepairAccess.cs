using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>Who may see a ticket and which verbs they may perform: the "who" column of the table in DESIGN.md section 7.</summary>
public static class RepairAccess
{
    /// <summary>
    /// The assigned technician, or any technician of the crew while nobody is assigned; also whoever stands in for one of them today.
    /// </summary>
    public static bool IsAssignedTo(this Actor actor, TicketParties ticket) => actor.Is(Role.Technician)
        && (ticket.TechnicianId is null ? actor.IsOfCrew(ticket) : actor.HasJob(ticket));

    public static bool IsReporter(this Actor actor, TicketParties ticket) => actor.PersonId is { } me && ticket.ReporterId == me;

    /// <summary>
    /// Office staff see all tickets, technicians those of their crew or assigned to them, everybody those they reported. A stand-in also sees
    /// what the absent colleague sees as a technician.
    /// </summary>
    public static bool MaySee(this Actor actor, TicketParties ticket) => actor.IsSystem || actor.IsOffice || actor.IsReporter(ticket)
        || (actor.Is(Role.Technician) && (actor.HasJob(ticket) || actor.IsOfCrew(ticket)));

    /// <summary>Internal notes are for the office and for technicians who work on the ticket, not for somebody who is only its reporter.</summary>
    public static bool MaySeeInternal(this Actor actor, TicketParties ticket) =>
        actor.IsSystem || actor.IsOffice || (actor.Is(Role.Technician) && actor.MaySee(ticket) && !actor.IsOnlyReporter(ticket));

    /// <summary>
    /// Presence, that is who has a ticket open and who is composing, is visible to staff who may see internal notes. Residents neither see it
    /// nor appear in it.
    /// </summary>
    public static bool MaySeePresence(this Actor actor, TicketParties ticket) => !actor.IsSystem && actor.MaySeeInternal(ticket);

    private static bool IsOnlyReporter(this Actor actor, TicketParties ticket) =>
        actor.IsReporter(ticket) && !actor.HasJob(ticket) && !actor.IsOfCrew(ticket);

    private static bool HasJob(this Actor actor, TicketParties ticket) => ticket.TechnicianId is { } technician
        && (technician == actor.PersonId || actor.StandsInFor.Any(c => c.PersonId == technician));

    private static bool IsOfCrew(this Actor actor, TicketParties ticket) => ticket.CrewId is { } crew
        && (crew == actor.CrewId || actor.StandsInFor.Any(c => c.CrewId == crew));

    /// <summary>The person and the colleagues they stand in for, as queries compare them.</summary>
    internal static List<long?> Workers(this Actor actor) => [actor.PersonId, .. actor.StandsInFor.Select(c => (long?)c.PersonId)];

    /// <summary>The crews of these people, without null.</summary>
    internal static List<long?> Crews(this Actor actor) =>
        [.. actor.StandsInFor.Select(c => c.CrewId).Prepend(actor.CrewId).Where(c => c is not null).Distinct()];

    /// <summary>Whether the actor may perform the verb on this ticket. The ticket itself checks its status.</summary>
    public static bool May(this Actor actor, RepairVerb verb, TicketParties ticket) => verb switch
    {
        RepairVerb.Submit => actor.PersonId is not null,
        RepairVerb.Triage or RepairVerb.Reject or RepairVerb.Assign or RepairVerb.Transfer or RepairVerb.HandOver
            or RepairVerb.ChangeUrgency or RepairVerb.Correct => actor.IsOffice,
        RepairVerb.Take or RepairVerb.Decline or RepairVerb.Arrive or RepairVerb.Start => actor.IsAssignedTo(ticket),
        RepairVerb.Hold or RepairVerb.Resume or RepairVerb.Complete => actor.IsAssignedTo(ticket) || actor.IsOffice,
        RepairVerb.Verify => actor.IsReporter(ticket) || actor.IsOffice || actor.IsSystem,
        RepairVerb.SendBack or RepairVerb.Cancel => actor.IsReporter(ticket) || actor.IsOffice,
        RepairVerb.Rate or RepairVerb.Nudge => actor.IsReporter(ticket),
        RepairVerb.Comment or RepairVerb.Attach => actor.PersonId is not null && actor.MaySee(ticket),
        RepairVerb.RequestExtension => actor.IsAssignedTo(ticket),
        RepairVerb.DecideExtension => actor.Is(Role.Manager),
        RepairVerb.Undo => actor.IsStaff && actor.MaySee(ticket),
        RepairVerb.BecomeOverdue or RepairVerb.Import or RepairVerb.Escalate => actor.IsSystem,
        _ => false,
    };

    /// <summary>Throws NotFound if the actor may not see the ticket, Forbidden if they may not perform the verb.</summary>
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
            var me = actor.PersonId;
            if (!actor.Is(Role.Technician)) return tickets.Where(t => t.ReporterId == me);
            var (workers, crews) = (actor.Workers(), actor.Crews());
            return tickets.Where(t => t.ReporterId == me || workers.Contains(t.TechnicianId) || crews.Contains(t.CrewId));
        }
    }
}
