using System.Linq.Expressions;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.ServiceLevels;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A ticket as lists show it. Immutable, shared by every open page.</summary>
public sealed record RepairRow
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required string Number { get; init; }
    public required TicketStatus Status { get; init; }
    public required HoldReason? HeldFor { get; init; }
    public required TicketStatus? HeldFrom { get; init; }
    public required Urgency Urgency { get; init; }
    public required string Description { get; init; }
    public required string PlaceWords { get; init; }
    public required long CampusId { get; init; }
    public required long BuildingId { get; init; }
    public required long RoomId { get; init; }
    public required LocalName Building { get; init; }
    public required LocalName Room { get; init; }
    public required int Floor { get; init; }
    public required long CategoryId { get; init; }
    public required long? CategoryParentId { get; init; }
    public required LocalName Category { get; init; }
    public required long? CrewId { get; init; }
    public required LocalName? Crew { get; init; }
    public required long? TechnicianId { get; init; }
    public required string? Technician { get; init; }
    public required long? OwnerId { get; init; }
    public required long? ReporterId { get; init; }
    public required DateTimeOffset SubmittedAt { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required bool IsOverdue { get; init; }
    public required DateTimeOffset ResponseDueAt { get; init; }
    public required DateTimeOffset? RespondedAt { get; init; }
    public required int? PausedLeftMinutes { get; init; }
    public required int? AskedMinutes { get; init; }
    public required bool IsAnswered { get; init; }
    public required int Transfers { get; init; }
    public required int Repeats { get; init; }
    public required DateTimeOffset? CompletedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required int Nudges { get; init; }
    public required bool IsRework { get; init; }
    public required int? Stars { get; init; }
    public required long Pressing { get; init; }
    public required DateOnly? VisitDay { get; init; }
    public required long? VisitSlotId { get; init; }
    public required string? ContactPhone { get; init; }

    public string Summary => CleanText.Summary(Description);
    public string SearchText => $"{Number} {Description} {PlaceWords}";
    public TicketParties Parties => new(ReporterId, CrewId, TechnicianId);

    /// <summary>How a row is read: kept as an expression, so that reading one by id can be compiled (<see cref="RepairRowSource"/>).</summary>
    internal static readonly Expression<Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>>> Shape = (db, tickets) =>
        from t in tickets
        join room in db.Set<Room>() on t.RoomId equals room.Id
        join building in db.Set<Building>() on t.BuildingId equals building.Id
        join category in db.Set<Category>() on t.CategoryId equals category.Id
        join c in db.Set<Crew>() on t.CrewId equals c.Id into crews
        from crew in crews.DefaultIfEmpty()
        join p in db.Set<Security.Person>() on t.TechnicianId equals p.Id into technicians
        from technician in technicians.DefaultIfEmpty()
        select new RepairRow
        {
            Id = t.Id,
            Version = t.Version,
            Number = t.Number,
            Status = t.Status,
            HeldFor = t.HeldFor,
            HeldFrom = t.HeldFrom,
            Urgency = t.Urgency,
            Description = t.Description,
            PlaceWords = t.PlaceWords,
            CampusId = t.CampusId,
            BuildingId = t.BuildingId,
            RoomId = t.RoomId,
            Building = new LocalName(building.Name, building.NameEn),
            Room = new LocalName(room.Name, room.NameEn),
            Floor = room.Floor,
            CategoryId = t.CategoryId,
            CategoryParentId = category.ParentId,
            Category = new LocalName(category.Name, category.NameEn),
            CrewId = t.CrewId,
            Crew = crew == null ? null : new LocalName(crew.Name, crew.NameEn),
            TechnicianId = t.TechnicianId,
            Technician = technician == null ? null : technician.FullName,
            OwnerId = t.OwnerId,
            ReporterId = t.ReporterId,
            SubmittedAt = t.SubmittedAt,
            DueAt = t.DueAt,
            IsOverdue = t.IsOverdue,
            ResponseDueAt = t.ResponseDueAt,
            RespondedAt = t.RespondedAt,
            PausedLeftMinutes = t.PausedLeftMinutes,
            AskedMinutes = t.AskedMinutes,
            IsAnswered = t.AnsweredAt != null,
            Transfers = t.Transfers,
            Repeats = t.Repeats,
            CompletedAt = t.CompletedAt,
            EndedAt = t.EndedAt,
            Nudges = t.Nudges,
            IsRework = t.ReworkOfId != null,
            Stars = t.Stars,
            Pressing = t.Pressing,
            VisitDay = t.VisitDay,
            VisitSlotId = t.VisitSlotId,
            ContactPhone = t.ContactPhone,
        };

    /// <summary>The row of this ticket, with the names of this row; null where they may be others.</summary>
    internal RepairRow? Renewed(RepairTicket t) =>
        (RoomId, BuildingId, CategoryId, CrewId, TechnicianId) != (t.RoomId, t.BuildingId, t.CategoryId, t.CrewId, t.TechnicianId) ? null : this with
        {
            Id = t.Id,
            Version = t.Version,
            Number = t.Number,
            Status = t.Status,
            HeldFor = t.HeldFor,
            HeldFrom = t.HeldFrom,
            Urgency = t.Urgency,
            Description = t.Description,
            PlaceWords = t.PlaceWords,
            CampusId = t.CampusId,
            OwnerId = t.OwnerId,
            ReporterId = t.ReporterId,
            SubmittedAt = t.SubmittedAt,
            DueAt = t.DueAt,
            IsOverdue = t.IsOverdue,
            ResponseDueAt = t.ResponseDueAt,
            RespondedAt = t.RespondedAt,
            PausedLeftMinutes = t.PausedLeftMinutes,
            AskedMinutes = t.AskedMinutes,
            IsAnswered = t.AnsweredAt != null,
            Transfers = t.Transfers,
            Repeats = t.Repeats,
            CompletedAt = t.CompletedAt,
            EndedAt = t.EndedAt,
            Nudges = t.Nudges,
            IsRework = t.ReworkOfId != null,
            Stars = t.Stars,
            Pressing = t.Pressing,
            VisitDay = t.VisitDay,
            VisitSlotId = t.VisitSlotId,
            ContactPhone = t.ContactPhone,
        };

    private static readonly Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>> Compose = Shape.Compile();

    public static IQueryable<RepairRow> From(DbContext db, IQueryable<RepairTicket> tickets) => Compose(db, tickets);
}
