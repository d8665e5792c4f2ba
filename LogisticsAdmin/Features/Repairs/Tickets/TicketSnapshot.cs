using System.Linq.Expressions;
using System.Reflection;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// The fields of a ticket before a verb: everything that an undoable verb may change. Properties are copied and restored by name. A test
/// compares the names with the model, so that each column is either here or in <see cref="NotRestored"/>.
/// </summary>
public sealed record TicketSnapshot
{
    /// <summary>Columns that no undoable verb changes, or that are recalculated after each verb.</summary>
    internal static readonly IReadOnlySet<string> NotRestored = new HashSet<string>
    {
        nameof(RepairTicket.Id), nameof(RepairTicket.Version), nameof(RepairTicket.Number), nameof(RepairTicket.Description), nameof(RepairTicket.VisitDay),
        nameof(RepairTicket.VisitSlotId), nameof(RepairTicket.ReporterId), nameof(RepairTicket.ContactName), nameof(RepairTicket.FiledById),
        nameof(RepairTicket.SubmittedAt),
        nameof(RepairTicket.LastEventAt), nameof(RepairTicket.EventCount), nameof(RepairTicket.Nudges), nameof(RepairTicket.NudgedAt),
        nameof(RepairTicket.Repeats), nameof(RepairTicket.ReworkOfId), nameof(RepairTicket.Stars), nameof(RepairTicket.RatingWords),
        nameof(RepairTicket.CostFen), nameof(RepairTicket.Source), nameof(RepairTicket.SourceKey),
        nameof(RepairTicket.Pressing), nameof(RepairTicket.SubmissionKey), nameof(RepairTicket.OutageNoticeId),
        nameof(RepairTicket.PausedLeftMinutes), nameof(RepairTicket.WatchAt), nameof(RepairTicket.IsOverdue),
    };

    // The status is restored by the undo event, and pauses are separate rows.
    private static readonly (PropertyInfo Own, PropertyInfo Ticket)[] Fields =
    [
        .. from own in typeof(TicketSnapshot).GetProperties()
           where own.Name is not (nameof(Status) or nameof(Pauses))
           select (own, typeof(RepairTicket).GetProperty(own.Name)!),
    ];

    private static readonly Func<RepairTicket, TicketSnapshot> Copy = CompileCopy();

    private static readonly Action<TicketSnapshot, RepairTicket> CopyBack = CompileCopyBack();

    public required TicketStatus Status { get; init; }
    public required TicketStatus? HeldFrom { get; init; }
    public required HoldReason? HeldFor { get; init; }
    public required long RoomId { get; init; }
    public required long BuildingId { get; init; }
    public required long CampusId { get; init; }
    public required string PlaceWords { get; init; }
    public required long CategoryId { get; init; }
    public required string? ContactPhone { get; init; }
    public required Urgency Urgency { get; init; }
    public required long? CrewId { get; init; }

    /// <summary>Not required, because change sets that were stored before it existed are still read.</summary>
    public long? SuggestedCrewId { get; init; }
    public required long? TechnicianId { get; init; }
    public required long? OwnerId { get; init; }

    /// <summary>Not required, because change sets that were stored before it existed are still read.</summary>
    public DateTimeOffset? ArrivedAt { get; init; }
    public required DateTimeOffset? CompletedAt { get; init; }
    public required DateTimeOffset? EndedAt { get; init; }
    public required int SentBack { get; init; }
    public required int Transfers { get; init; }
    public required DateTimeOffset? AnsweredAt { get; init; }
    public required long? ServiceLevelId { get; init; }
    public required DateTimeOffset ResponseDueAt { get; init; }
    public required DateTimeOffset? RespondedAt { get; init; }
    public required bool IsResponseLate { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public required DateTimeOffset? OverdueSince { get; init; }
    public required int ExtraMinutes { get; init; }
    public required int? AskedMinutes { get; init; }
    public required bool AskedLate { get; init; }
    public required DateTimeOffset? PromisedAt { get; init; }
    public required int? ResponseStep { get; init; }
    public required int? CompletionStep { get; init; }
    public required IReadOnlyList<PauseSnapshot> Pauses { get; init; }

    /// <summary>Copies the fields of a ticket; the ticket adds its pauses.</summary>
    internal static TicketSnapshot Take(RepairTicket ticket) => Copy(ticket);

    /// <summary>Restores every field except the status and the pauses.</summary>
    internal void RestoreFields(RepairTicket ticket) => CopyBack(this, ticket);

    private static Func<RepairTicket, TicketSnapshot> CompileCopy()
    {
        var ticket = Expression.Parameter(typeof(RepairTicket));
        var fields = Fields.Select(f => Expression.Bind(f.Own, Expression.Property(ticket, f.Ticket)))
            .Append(Expression.Bind(typeof(TicketSnapshot).GetProperty(nameof(Status))!, Expression.Property(ticket, nameof(RepairTicket.Status))));
        return Expression.Lambda<Func<RepairTicket, TicketSnapshot>>(Expression.MemberInit(Expression.New(typeof(TicketSnapshot)), fields), ticket).Compile();
    }

    private static Action<TicketSnapshot, RepairTicket> CompileCopyBack()
    {
        var (snapshot, ticket) = (Expression.Parameter(typeof(TicketSnapshot)), Expression.Parameter(typeof(RepairTicket)));
        var fields = Fields.Select(f => Expression.Assign(Expression.Property(ticket, f.Ticket), Expression.Property(snapshot, f.Own)));
        return Expression.Lambda<Action<TicketSnapshot, RepairTicket>>(Expression.Block(fields), snapshot, ticket).Compile();
    }
}

/// <summary>One pause of the completion clock.</summary>
public sealed record PauseSnapshot(DateTimeOffset From, DateTimeOffset? To, HoldReason? Reason);
