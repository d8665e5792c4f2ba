using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs;

/// <summary>The time limit of an urgency, in hours on the wall clock (seeds/reference.json, "urgencies").</summary>
public sealed class ServiceTime : Versioned, IAudited
{
    private ServiceTime() { }

    public ServiceTime(Urgency urgency, int hours) => (Urgency, Hours) = (urgency, hours);

    public Urgency Urgency { get; private set; }
    public int Hours { get; private set; }

    /// <summary>When a ticket of this urgency is due. The one place that knows how limits run.</summary>
    public DateTimeOffset DueAt(DateTimeOffset submittedAt) => submittedAt.AddHours(Hours);
}

/// <summary>Fixed periods of the campus rules (FIELD.md 4.3).</summary>
public static class CampusRules
{
    public static readonly TimeSpan NudgeEvery = TimeSpan.FromHours(4);
    public static readonly TimeSpan VerifyWithin = TimeSpan.FromDays(7);
    public static readonly TimeSpan ReworkWithin = TimeSpan.FromDays(30);
    public const int PhotosPerTicket = 6;
}
