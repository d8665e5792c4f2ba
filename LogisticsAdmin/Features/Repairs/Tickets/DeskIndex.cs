using System.Linq.Expressions;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The indexes of the desk. Each begins with what finds or orders, and carries what else the desk narrows by, so that windows and
/// counts are read off it without touching a ticket. Queries name theirs: SQLite's guess reads and sorts a million tickets by hand.
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
        });
        Index(Technician, t => new { t.TechnicianId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.CrewId, t.Status });
        Index(Category, t => new { t.CategoryId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.Urgency, t.CrewId, t.TechnicianId, t.Status });
        Index(Building, t => new { t.BuildingId, t.Pressing, t.Id, t.CampusId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId, t.Status });
        Index(Crew, t => new { t.CrewId, t.Pressing, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.TechnicianId, t.Status });

        // No verb but one that gives a ticket to somebody touches these.
        Index(Submitted, t => new { t.SubmittedAt, t.Id, t.CampusId, t.BuildingId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId });
        Index(Place, t => new { t.BuildingId, t.RoomId, t.Id, t.CampusId, t.CategoryId, t.Urgency, t.CrewId, t.TechnicianId });
        Index(Urgency, t => new { t.Urgency, t.CampusId });
        Index(Campus, t => new { t.CampusId });

        void Index(string name, Expression<Func<RepairTicket, object?>> columns) => ticket.HasIndex(columns).HasDatabaseName(name);
    }

    extension(LogisticsDb db)
    {
        /// <summary>What is not ended: the front of the order by pressing, short however much was ever repaired.</summary>
        public IQueryable<RepairTicket> CurrentTickets => db.TicketsNotEndedBefore(DateTimeOffset.MaxValue);

        /// <summary>What is not ended, or ended at this moment or later.</summary>
        public IQueryable<RepairTicket> TicketsNotEndedBefore(DateTimeOffset moment)
        {
            var last = RepairTicket.PressingOfEnd(moment);
            return db.UsingIndex<RepairTicket>(Pressing).Where(t => t.Pressing <= last);
        }
    }
}
