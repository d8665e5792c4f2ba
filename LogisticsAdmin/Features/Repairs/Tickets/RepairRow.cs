using System.Linq.Expressions;
using System.Reflection;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A ticket as lists show it. Immutable, shared by every open page.</summary>
public sealed record RepairRow : ILiveRow
{
    public required long Id { get; init; }
    public required long Version { get; init; }
    public required string Number { get; init; }
    public required TicketStatus Status { get; init; }
    public required HoldReason? HeldFor { get; init; }
    public required TicketStatus? HeldFrom { get; init; }
    public required Urgency Urgency { get; init; }
    public required string Description
    {
        get;
        init
        {
            field = value;
            Summary = CleanText.Summary(value);
        }
    }

    public required string PlaceWords { get; init; }

    /// <summary>The number in the log that the ticket was imported from.</summary>
    public required string? SourceKey { get; init; }
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

    /// <summary>The name of the reporter, who may be a caller without an account.</summary>
    public required string? Reporter { get; init; }

    /// <summary>What search finds the reporter by; see <see cref="Person.SearchText"/>.</summary>
    public required string ReporterWords { get; init; }
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

    /// <summary>The notice of the planned outage during which it was reported.</summary>
    public required long? OutageNoticeId { get; init; }
    public required string? ContactPhone { get; init; }
    public required string? ContactName { get; init; }

    /// <summary>The first line of the description, made once: every open page shows it.</summary>
    public string Summary { get; private init; } = "";
    public string SearchText => RepairTicket.SearchTextOf(Number, SourceKey, Description, PlaceWords, ContactPhone, ContactName);
    public TicketParties Parties => new(ReporterId, CrewId, TechnicianId);

    /// <summary>Defines all columns of a row, in terms of the ticket and the rows that it refers to.</summary>
    private static readonly Expression<Func<RepairTicket, Room, Building, Category, Crew?, Person?, Person?, RepairRow>> Columns =
        (t, room, building, category, crew, technician, reporter) => new RepairRow
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
            SourceKey = t.SourceKey,
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
            Reporter = reporter == null ? t.ContactName : reporter.FullName,
            ReporterWords = reporter == null
                ? ""
                : reporter.FullName + "\n" + reporter.UserName + "\n" + (reporter.Number ?? "") + "\n" + (reporter.PhoneNumber ?? "") + "\n"
                    + (reporter.PhoneNumber != null && reporter.PhoneNumber.Length > 4 ? reporter.PhoneNumber.Substring(reporter.PhoneNumber.Length - 4) : "")
                    + "\n" + reporter.Pinyin.Replace(" ", "") + "\n" + reporter.Pinyin + "\n" + reporter.Initials + "\n" + (reporter.ClassName ?? "")
                    + "\n" + (reporter.Email ?? ""),
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
            OutageNoticeId = t.OutageNoticeId,
            ContactPhone = t.ContactPhone,
            ContactName = t.ContactName,
        };

    /// <summary>How rows are read from the database. An expression, so that reading one by id can be compiled (<see cref="RepairRowSource"/>).</summary>
    internal static readonly Expression<Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>>> Query = ReadColumns();

    private static readonly Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>> Compose = Query.Compile();

    private static readonly Func<RepairRow, RepairTicket, RepairRow> Rebuild = RebuildColumns();

    public static IQueryable<RepairRow> From(DbContext db, IQueryable<RepairTicket> tickets) => Compose(db, tickets);

    /// <summary>
    /// This row after its ticket was saved, without a query; null where a name may have changed because the ticket points to other rows.
    /// </summary>
    internal RepairRow? AfterSave(RepairTicket t) =>
        (RoomId, BuildingId, CategoryId, CrewId, TechnicianId, ReporterId)
            == (t.RoomId, t.BuildingId, t.CategoryId, t.CrewId, t.TechnicianId, t.ReporterId) ? Rebuild(this, t) : null;

    private static Expression<Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>>> ReadColumns()
    {
        Expression<Func<DbContext, IQueryable<RepairTicket>, IQueryable<Joined>>> joins = (db, tickets) =>
            from t in tickets
            join room in db.Set<Room>() on t.RoomId equals room.Id
            join building in db.Set<Building>() on t.BuildingId equals building.Id
            join category in db.Set<Category>() on t.CategoryId equals category.Id
            join c in db.Set<Crew>() on t.CrewId equals c.Id into crews
            from crew in crews.DefaultIfEmpty()
            join p in db.Set<Person>() on t.TechnicianId equals p.Id into technicians
            from technician in technicians.DefaultIfEmpty()
            join r in db.Set<Person>() on t.ReporterId equals r.Id into reporters
            from reporter in reporters.DefaultIfEmpty()
            select new Joined
            {
                Ticket = t,
                Room = room,
                Building = building,
                Category = category,
                Crew = crew,
                Technician = technician,
                Reporter = reporter,
            };
        var joined = Expression.Parameter(typeof(Joined));
        Expression[] parts =
        [
            Expression.Property(joined, nameof(Joined.Ticket)), Expression.Property(joined, nameof(Joined.Room)),
            Expression.Property(joined, nameof(Joined.Building)), Expression.Property(joined, nameof(Joined.Category)),
            Expression.Property(joined, nameof(Joined.Crew)), Expression.Property(joined, nameof(Joined.Technician)),
            Expression.Property(joined, nameof(Joined.Reporter)),
        ];
        var row = Expression.Lambda<Func<Joined, RepairRow>>(ReplacingExpressionVisitor.Replace(Columns.Parameters, parts, Columns.Body), joined);
        var rows = Expression.Call(typeof(Queryable), nameof(Queryable.Select), [typeof(Joined), typeof(RepairRow)], joins.Body, Expression.Quote(row));
        return Expression.Lambda<Func<DbContext, IQueryable<RepairTicket>, IQueryable<RepairRow>>>(rows, joins.Parameters);
    }

    /// <summary>Takes columns that depend only on the ticket from the ticket, and the others from the previous row.</summary>
    private static Func<RepairRow, RepairTicket, RepairRow> RebuildColumns()
    {
        var (before, ticket, others) = (Expression.Parameter(typeof(RepairRow)), Columns.Parameters[0], Columns.Parameters.Skip(1).ToHashSet());
        var columns = (MemberInitExpression)Columns.Body;
        var bindings = columns.Bindings.Cast<MemberAssignment>().Select(column =>
            MentionedIn(column.Expression).Any(others.Contains) ? column.Update(Expression.Property(before, (PropertyInfo)column.Member)) : column);
        return Expression.Lambda<Func<RepairRow, RepairTicket, RepairRow>>(columns.Update(columns.NewExpression, bindings), before, ticket).Compile();
    }

    private static List<ParameterExpression> MentionedIn(Expression expression)
    {
        var mentioned = new MentionedParameters();
        mentioned.Visit(expression);
        return mentioned.Found;
    }

    private sealed class MentionedParameters : ExpressionVisitor
    {
        public List<ParameterExpression> Found { get; } = [];

        protected override Expression VisitParameter(ParameterExpression node)
        {
            Found.Add(node);
            return node;
        }
    }

    private sealed class Joined
    {
        public required RepairTicket Ticket { get; init; }
        public required Room Room { get; init; }
        public required Building Building { get; init; }
        public required Category Category { get; init; }
        public required Crew? Crew { get; init; }
        public required Person? Technician { get; init; }
        public required Person? Reporter { get; init; }
    }
}
