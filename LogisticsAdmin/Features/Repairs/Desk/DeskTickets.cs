using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Chooses the index that a query of the desk is read from.</summary>
internal static class DeskTickets
{
    extension(LogisticsDb db)
    {
        /// <summary>What a window of this order is looked for in, or a count where none is given. The rest of the filter is up to the caller.</summary>
        public IQueryable<RepairTicket> Desk(RepairFilter filter, DeskSort? sort) => filter switch
        {
            // A text has few hits, which are found by their ids.
            { HasText: true } => db.WithoutIndex<RepairTicket>(),
            { IsCurrent: true } => db.CurrentTickets,
            _ when sort is DeskSort.Newest or DeskSort.Oldest => db.UsingIndex<RepairTicket>(DeskIndex.Submitted),
            _ when sort is DeskSort.Place => db.UsingIndex<RepairTicket>(DeskIndex.Place),
            { TechnicianId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Technician),
            { CategoryId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Category),
            { BuildingId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Building),
            { CrewId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Crew),
            { Status: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Pressing),
            _ => db.UsingIndex<RepairTicket>(sort is DeskSort.Pressing ? DeskIndex.Pressing : filter.Urgency is null ? DeskIndex.Campus : DeskIndex.Urgency),
        };
    }
}
