using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.ServiceLevels;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>What is known about a fault when it is reported.</summary>
public sealed record Report(
    Room Room, long CategoryId, Urgency Urgency, string Description, string? ContactPhone,
    DateOnly? VisitDay = null, long? VisitSlotId = null, long? ReworkOfId = null,
    Guid? SubmissionKey = null, int Repeats = 0, string? ContactName = null, long? SuggestedCrewId = null,
    long? OutageNoticeId = null);
