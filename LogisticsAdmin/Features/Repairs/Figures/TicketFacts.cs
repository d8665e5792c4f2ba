using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Figures;

/// <summary>
/// What figures ask of a ticket, as it is known when they are computed: each ticket has at most one completion and one end, the last ones.
/// </summary>
internal sealed record TicketFacts
{
    public required long Id { get; init; }
    public required TicketStatus Status { get; init; }
    public required Urgency Urgency { get; init; }
    public required DateTimeOffset Submitted { get; init; }

    /// <summary>The first response before its end; null for tickets that came from a log ended.</summary>
    public required DateTimeOffset? Responded { get; init; }
    public required DateTimeOffset ResponseDue { get; init; }
    public required bool IsResponseLate { get; init; }

    /// <summary>When the work was reported as done; never before the report, even where a log says so.</summary>
    public required DateTimeOffset? Completed { get; init; }

    /// <summary>
    /// When it ended. Where nobody knows when, or a log says that it ended before it began, the moment of its report: it ended in the month
    /// in which it came in.
    /// </summary>
    public required DateTimeOffset? Ended { get; init; }

    /// <summary>Whether completion and end are real moments, of which durations can be computed.</summary>
    public required bool IsEndKnown { get; init; }

    /// <summary>Ended tickets of an imported log have no limits.</summary>
    public required bool HasLimits { get; init; }
    public required DateTimeOffset Due { get; init; }

    /// <summary>When its completion limit passed or will pass; null while it is paused before its limit.</summary>
    public required DateTimeOffset? OverdueAt { get; init; }
    public required bool IsLate { get; init; }

    public required long CategoryId { get; init; }
    public required long? GroupId { get; init; }
    public required long CampusId { get; init; }
    public required long BuildingId { get; init; }
    public required long RoomId { get; init; }
    public required long? CrewId { get; init; }
    public required long? CentreId { get; init; }
    public required long? TechnicianId { get; init; }

    /// <summary>待住户: for a visit or for acceptance, by its status now.</summary>
    public required bool IsWaitingForResident { get; init; }
    public required bool IsByPhone { get; init; }
    public required int Nudges { get; init; }
    public required int SentBack { get; init; }
    public required int Transfers { get; init; }
    public required int Repeats { get; init; }
    public required int Points { get; init; }

    /// <summary>The stars that the reporter gave; never those of an office member who took the report by phone, nor those of a log.</summary>
    public required int? Stars { get; init; }

    /// <summary>Whether somebody or the passing of time accepted the work; false for tickets of a log.</summary>
    public required bool IsAccepted { get; init; }
    public required bool IsAcceptedByTime { get; init; }

    /// <summary>Whether the same fault was reported again within 30 days of its end.</summary>
    public required bool HasRework { get; init; }

    public required ExtensionAsked[] Extensions { get; init; }

    /// <summary>The number of the reason for which it was rejected, among the reasons of the period.</summary>
    public required long? ReasonId { get; init; }

    /// <summary>Working time until the first response, in the clock of its level.</summary>
    public required TimeSpan? ResponseWorking { get; init; }

    /// <summary>Working time until completion, without the pauses.</summary>
    public required TimeSpan? CompletionWorking { get; init; }

    /// <summary>How long it took the office, and how long it waited for others, as time passed.</summary>
    public required TimeSpan? OfficeTime { get; init; }
    public required TimeSpan? WaitingTime { get; init; }

    public required long MaterialFen { get; init; }
    public required long LabourFen { get; init; }
    public required long ImportedFen { get; init; }
    public required int LabourMinutes { get; init; }

    public long CostFen => MaterialFen + LabourFen + ImportedFen;
}

/// <summary>延期: when more time was asked for, whether the limit had passed then, and when it was granted.</summary>
internal sealed record ExtensionAsked(DateTimeOffset At, bool IsLate, DateTimeOffset? GrantedAt);
