

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What of a ticket decides who may see and do what.</summary>
public readonly record struct TicketParties(long? ReporterId, long? CrewId, long? TechnicianId)
{
    public static TicketParties Of(RepairTicket ticket) => new(ticket.ReporterId, ticket.CrewId, ticket.TechnicianId);
}
