using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live.Presence;

namespace LogisticsAdmin.Features.Repairs.Desk.Presence;

/// <summary>Tickets as subjects of presence, visible to staff who may read the ticket's internal notes.</summary>
internal static class TicketPresence
{
    public const string Kind = "ticket";

    public static PresenceSubject Of(RepairRow row) => new(new PresenceKey(Kind, row.Id), actor => actor.MaySeePresence(row.Parties));
}
