using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Who reads the parts list, and who records and reads what a repair used. A reporter sees none of it.</summary>
public static class CostAccess
{
    /// <summary>From when somebody has taken the job until it is closed.</summary>
    public static readonly TicketStatus[] Recordable =
        [TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework, TicketStatus.Completed];

    public static bool MayReadParts(this Actor actor) => actor.IsSystem || actor.IsOffice;

    public static bool MaySeeCosts(this Actor actor, TicketParties ticket) => actor.MaySeeInternal(ticket);

    /// <summary>The technician on it, or the office. The state is another question: <see cref="Recordable"/>.</summary>
    public static bool MayRecordUse(this Actor actor, TicketParties ticket) => actor.IsOffice || actor.IsOnIt(ticket);

    /// <summary>A technician takes back what they wrote down themselves; the office, any line.</summary>
    public static bool MayWithdraw(this Actor actor, TicketParties ticket, long recordedById) =>
        actor.IsOffice || (actor.IsOnIt(ticket) && recordedById == actor.PersonId);

    public static void DemandParts(this Actor actor)
    {
        if (!actor.MayReadParts()) throw new Forbidden();
    }
}
