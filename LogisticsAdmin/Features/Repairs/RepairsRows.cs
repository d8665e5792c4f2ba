using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace LogisticsAdmin.Features.Repairs;

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

/// <summary>Reads the row of a changed ticket once for all open pages.</summary>
internal sealed class RepairRowSource : RowSource<RepairTicket, RepairRow>
{
    // Read twice in every verb, inside the gate: building and hashing so big a query each time cost more than the query.
    private static readonly Func<DbContext, long, CancellationToken, Task<RepairRow?>> ById = EF.CompileAsyncQuery(OneById());

    protected override Task<RepairRow?> ReadAsync(DbContext db, long id, CancellationToken ct) => ById(db, id, ct);

    protected override RepairRow? Told(RepairRow before, RepairTicket saved) => before.Renewed(saved);

    private static Expression<Func<DbContext, long, CancellationToken, RepairRow?>> OneById()
    {
        Expression<Func<DbContext, long, CancellationToken, IQueryable<RepairTicket>>> one = (db, id, ct) =>
            db.Set<RepairTicket>().AsNoTracking().Where(t => t.Id == id);
        var rows = ReplacingExpressionVisitor.Replace(RepairRow.Shape.Parameters, [one.Parameters[0], one.Body], RepairRow.Shape.Body);
        var first = Expression.Call(typeof(Queryable), nameof(Queryable.FirstOrDefault), [typeof(RepairRow)], rows);
        return Expression.Lambda<Func<DbContext, long, CancellationToken, RepairRow?>>(first, one.Parameters);
    }
}

/// <summary>The views of the triage page.</summary>
public enum RepairView
{
    New = 1,
    Unassigned = 2,
    Mine = 3,
    Overdue = 4,
    OnHold = 5,
    ToVerify = 6,
    All = 7,

    /// <summary>首问未答: I was first asked, and the reporter has no answer yet.</summary>
    FirstAsked = 8,

    /// <summary>Asked for more time, not decided.</summary>
    Extensions = 9,
}

/// <summary>What a list of tickets is narrowed to. The same rules for queries and for rows that arrive live.</summary>
public sealed record RepairFilter
{
    public RepairView View { get; init; } = RepairView.New;

    /// <summary>One column of the board; the desk lists it in the view of all.</summary>
    public TicketStatus? Status { get; init; }
    public long? CampusId { get; init; }
    public long? BuildingId { get; init; }
    public long? CategoryId { get; init; }
    public Urgency? Urgency { get; init; }
    public long? CrewId { get; init; }
    public long? TechnicianId { get; init; }
    public string? Text { get; init; }

    [MemberNotNullWhen(true, nameof(Text))]
    public bool HasText => !string.IsNullOrWhiteSpace(Text);

    /// <summary>Whether it finds nothing that is ended.</summary>
    public bool IsCurrent => View != RepairView.All || (Status is { } status && !status.IsEnded());

    public bool IsNarrowed => this with { View = RepairView.New } != new RepairFilter();

    /// <summary>The part of the filter that every view's count shares.</summary>
    public bool MatchesFields(RepairRow row) => MatchesChoices(row) && MatchesText(row);

    private bool MatchesChoices(RepairRow row) =>
        (Status is null || row.Status == Status)
        && (CampusId is null || row.CampusId == CampusId)
        && (BuildingId is null || row.BuildingId == BuildingId)
        && (CategoryId is null || row.CategoryId == CategoryId || row.CategoryParentId == CategoryId)
        && (Urgency is null || row.Urgency == Urgency)
        && (CrewId is null || row.CrewId == CrewId)
        && (TechnicianId is null || row.TechnicianId == TechnicianId);

    private bool MatchesText(RepairRow row) =>
        !HasText || (SearchIndex.Query(Text) is not null && SearchIndex.Matches(row.SearchText, Text));

    /// <summary>By how much a change moves the count of this filter. Texts are read last, and only where they can decide.</summary>
    public int Moves(RepairRow? before, RepairRow after, long me)
    {
        var was = before is not null && IsIn(View, before, me) && MatchesChoices(before);
        var isIn = IsIn(View, after, me) && MatchesChoices(after);
        if (!was && !isIn) return 0;
        if (was && isIn && (Text is null || (before!.Description == after.Description && before.PlaceWords == after.PlaceWords))) return 0;
        return (isIn && MatchesText(after) ? 1 : 0) - (was && MatchesText(before!) ? 1 : 0);
    }

    public static bool IsIn(RepairView view, RepairRow row, long me) => view switch
    {
        RepairView.New => row.Status == TicketStatus.New,
        RepairView.Unassigned => row.Status == TicketStatus.Triaged,
        RepairView.Mine => row.OwnerId == me && !row.Status.IsEnded(),
        RepairView.Overdue => row.IsOverdue,
        RepairView.OnHold => row.Status == TicketStatus.OnHold,
        RepairView.ToVerify => row.Status == TicketStatus.Completed,
        RepairView.All => true,
        RepairView.FirstAsked => row.OwnerId == me && !row.IsAnswered && !row.Status.IsEnded(),
        RepairView.Extensions => row.AskedMinutes is not null,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
    };

    public bool Matches(RepairRow row, long me) => IsIn(View, row, me) && MatchesFields(row);

    internal static Expression<Func<RepairTicket, bool>> InView(RepairView view, long me) => view switch
    {
        RepairView.New => t => t.Status == TicketStatus.New,
        RepairView.Unassigned => t => t.Status == TicketStatus.Triaged,
        RepairView.Mine => t => t.OwnerId == me && t.Status != TicketStatus.Closed && t.Status != TicketStatus.Rejected
            && t.Status != TicketStatus.Cancelled && t.Status != TicketStatus.Grouped,
        RepairView.Overdue => t => t.IsOverdue,
        RepairView.OnHold => t => t.Status == TicketStatus.OnHold,
        RepairView.ToVerify => t => t.Status == TicketStatus.Completed,
        RepairView.All => t => true,
        RepairView.FirstAsked => t => t.OwnerId == me && t.AnsweredAt == null && t.Status != TicketStatus.Closed && t.Status != TicketStatus.Rejected
            && t.Status != TicketStatus.Cancelled && t.Status != TicketStatus.Grouped,
        RepairView.Extensions => t => t.AskedMinutes != null,
        _ => throw new ArgumentOutOfRangeException(nameof(view), view, null),
    };
}
