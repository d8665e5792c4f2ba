using System.Linq.Expressions;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The indexes of the desk. Each starts with the columns that are searched or sorted by and includes the other filter columns, so that
/// windows and counts are read from the index alone. Queries name their index: without a hint SQLite's planner reads and sorts all tickets.
/// </summary>
internal static class DeskIndex
{
    internal const string Pressing = "IX_RepairTickets_DeskByPressing", Submitted = "IX_RepairTickets_DeskBySubmission", Place = "IX_RepairTickets_DeskByPlace",
        Technician = "IX_RepairTickets_DeskOfTechnician", Category = "IX_RepairTickets_DeskOfCategory", Building = "IX_RepairTickets_DeskOfBuilding",
        Crew = "IX_RepairTickets_DeskOfCrew", Urgency = "IX_RepairTickets_DeskOfUrgency", Campus = "IX_RepairTickets_DeskOfCampus";

    public static void Build(EntityTypeBuilder<RepairTicket> ticket)
    {
        Index(Pressing, t => new
        {
            t.Pressing,
            t.Id,
            t.CampusId,
            t.BuildingId,
            t.CategoryId,
            t.Urgency,
            t.CrewId,
            t.TechnicianId,
            t.Status,
            t.OwnerId,
            t.IsOverdue,
            t.AskedMinutes,
            t.SubmittedAt,
        });
        Index(Technician, t => new { t.TechnicianId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.CrewId, t.Status });
        Index(Category, t => new { t.CategoryId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.Urgency, t.CrewId, t.TechnicianId, t.Status });
        Index(Building, t => new { t.BuildingId, t.Pressing, t.Id, t.CampusId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId, t.Status });
        Index(Crew, t => new { t.CrewId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.TechnicianId, t.Status });

        // Few verbs change these columns: only those that set the assignee, urgency, place or category.
        Index(Submitted, t => new { t.SubmittedAt, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId });
        Index(Place, t => new { t.BuildingId, t.RoomId, t.Id, t.CampusId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId });
        Index(Urgency, t => new { t.Urgency, t.CampusId });
        Index(Campus, t => new { t.CampusId });

        void Index(string name, Expression<Func<RepairTicket, object?>> columns) => ticket.HasIndex(columns).HasDatabaseName(name);
    }

    extension(LogisticsDb db)
    {
        /// <summary>
        /// Tickets that have not ended. They are the start of the order by pressing, so the cost does not depend on the number of ended
        /// tickets.
        /// </summary>
        public IQueryable<RepairTicket> CurrentTickets => db.TicketsNotEndedBefore(DateTimeOffset.MaxValue);

        /// <summary>Tickets that have not ended, and those that ended at this moment or later.</summary>
        public IQueryable<RepairTicket> TicketsNotEndedBefore(DateTimeOffset moment)
        {
            var last = RepairTicket.PressingOfEnd(moment);
            return db.UsingIndex<RepairTicket>(Pressing).Where(t => t.Pressing <= last);
        }
    }
}
