using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

/// <summary>Who may read the parts list, and who may record and see what a repair used. A reporter sees none of it.</summary>
public static class CostAccess
{
    /// <summary>The statuses from taking the job until it is closed.</summary>
    public static readonly TicketStatus[] Recordable =
        [TicketStatus.Taken, TicketStatus.InProgress, TicketStatus.OnHold, TicketStatus.Rework, TicketStatus.Completed];

    public static bool MayReadParts(this Actor actor) => actor.IsSystem || actor.IsOffice;

    public static bool MaySeeCosts(this Actor actor, TicketParties ticket) => actor.MaySeeInternal(ticket);

    /// <summary>The ticket's technician, or the office. The status is checked separately: <see cref="Recordable"/>.</summary>
    public static bool MayRecordUse(this Actor actor, TicketParties ticket) => actor.IsOffice || actor.IsAssignedTo(ticket);

    /// <summary>A technician may withdraw lines they recorded themselves; the office may withdraw any line.</summary>
    public static bool MayWithdraw(this Actor actor, TicketParties ticket, long recordedById) =>
        actor.IsOffice || (actor.IsAssignedTo(ticket) && recordedById == actor.PersonId);

    public static void DemandParts(this Actor actor)
    {
        if (!actor.MayReadParts()) throw new Forbidden();
    }
}
