using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;

namespace LogisticsAdmin.Features.Repairs.Desk;

/// <summary>Chooses the index for a query of the desk.</summary>
internal static class DeskTickets
{
    extension(LogisticsDb db)
    {
        /// <summary>
        /// The tickets, with the index for a window in this order, or for a count if <paramref name="sort"/> is null. Callers still have to
        /// apply the filter.
        /// </summary>
        public IQueryable<RepairTicket> Desk(RepairFilter filter, DeskSort? sort) => filter switch
        {
            { IsCurrent: true } => db.CurrentTickets,
            _ when sort is DeskSort.Newest or DeskSort.Oldest => db.UsingIndex<RepairTicket>(DeskIndex.Submitted),
            _ when sort is DeskSort.Place => db.UsingIndex<RepairTicket>(DeskIndex.Place),
            { TechnicianId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Technician),
            { CategoryId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Category),
            { BuildingId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Building),
            { CrewId: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Crew),
            { From: not null } or { Before: not null } when sort is null => db.UsingIndex<RepairTicket>(DeskIndex.Submitted),
            { Status: not null } => db.UsingIndex<RepairTicket>(DeskIndex.Pressing),
            _ => db.UsingIndex<RepairTicket>(sort is DeskSort.Pressing ? DeskIndex.Pressing : filter.Urgency is null ? DeskIndex.Campus : DeskIndex.Urgency),
        };
    }
}
