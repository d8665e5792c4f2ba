using LogisticsAdmin.Features.Repairs.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>A ticket as it stood before a verb: all that a verb which can be undone may change.</summary>
public sealed record TicketSnapshot
{
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
    public required long? TechnicianId { get; init; }
    public required long? OwnerId { get; init; }
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
}

/// <summary>One pause of the completion clock.</summary>
public sealed record PauseSnapshot(DateTimeOffset From, DateTimeOffset? To, HoldReason? Reason);
