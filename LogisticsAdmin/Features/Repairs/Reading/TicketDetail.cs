using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>All details of one ticket that its reader may see.</summary>
public sealed record TicketDetail
{
    public required RepairRow Row { get; init; }
    public required string? Reporter { get; init; }

    /// <summary>The phone number for calling the reporter; null for readers who do not need it.</summary>
    public required string? Phone { get; init; }
    public required string? FiledBy { get; init; }
    public required string? Owner { get; init; }
    public required string? TechnicianPhone { get; init; }
    public required string? Slot { get; init; }

    /// <summary>When the technician arrived for the current visit.</summary>
    public required DateTimeOffset? ArrivedAt { get; init; }
    public required TicketStatus? HeldFrom { get; init; }
    public required long RoomId { get; init; }
    public required DateTimeOffset? NudgedAt { get; init; }
    public required string? RatingWords { get; init; }
    public required string? ReworkOf { get; init; }
    public required Money? Cost { get; init; }
    public required int ExtraMinutes { get; init; }
    public required bool AskedLate { get; init; }
    public required DateTimeOffset? PromisedAt { get; init; }
    public required TimeBreakdown TimeBreakdown { get; init; }

    /// <summary>
    /// For the office only: earlier tickets of the same category and room within <see cref="CampusRules.RepeatWithin"/>, newest first.
    /// </summary>
    public required IReadOnlyList<EarlierTicket> Earlier { get; init; }

    /// <summary>The planned outage during which it was reported; null where there was none, or the reader may not read its notice.</summary>
    public required AnnouncedOutage? Outage { get; init; }
    public required string? Source { get; init; }
    public required IReadOnlyList<TimelineEntry> Timeline { get; init; }

    /// <summary>Whether this reader sees internal notes, as somebody who is only the reporter does not.</summary>
    public required bool SeesInternal { get; init; }

    /// <summary>Whether the ticket is a job of this reader, their own or one they stand in for.</summary>
    public required bool IsAssigned { get; init; }

    /// <summary>The verbs that this reader may perform; whether the status allows them is checked separately.</summary>
    public required IReadOnlyList<RepairVerb> Verbs { get; init; }
}

/// <summary>The limit of a ticket and what an extension makes of it: a later limit or, after the limit, only a promised time.</summary>
public sealed record ExtensionPreview(DateTimeOffset DueAt, DateTimeOffset Time, bool IsPromise);

public sealed record EarlierTicket(string Number, DateTimeOffset SubmittedAt, TicketStatus Status, string Description, Money Cost);

public sealed record TimelineEntry(
    long Id, RepairVerb Verb, DateTimeOffset At, long? ActorId, string? Actor, TicketStatus From, TicketStatus To,
    string? Code, LocalName? Crew, string? Person, string? Note, bool Internal)
{
    public IReadOnlyList<PhotoRow> Photos { get; init; } = [];
}
