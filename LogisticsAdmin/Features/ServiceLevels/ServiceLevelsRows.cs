using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.ServiceLevels;

public sealed record LevelRow(
    long Id, Urgency Urgency, long? CategoryId, LocalName? Category, LocalName? Group, int ResponseMinutes, int CompletionMinutes, bool RoundTheClock,
    DateTimeOffset From, DateTimeOffset? Until, string? By, string? Why);

public sealed record StepRow(long Id, long Version, ClockKind Clock, int OffsetMinutes, EscalationAudience Audience);

public sealed record CrewLeadRow(long CrewId, LocalName Crew, long? LeadId, IReadOnlyList<CrewMember> Technicians);

public readonly record struct CrewMember(long Id, string FullName);
