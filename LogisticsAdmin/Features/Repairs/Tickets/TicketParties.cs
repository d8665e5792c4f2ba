

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>The people and the crew of a ticket that decide who may see it and act on it.</summary>
public readonly record struct TicketParties(long? ReporterId, long? CrewId, long? TechnicianId)
{
    public static TicketParties Of(RepairTicket ticket) => new(ticket.ReporterId, ticket.CrewId, ticket.TechnicianId);
}
