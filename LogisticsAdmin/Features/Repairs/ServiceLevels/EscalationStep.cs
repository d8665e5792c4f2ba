using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels;

/// <summary>催办升级: so many minutes of the ticket's own clock before (negative) or after a limit, somebody is told, once.</summary>
public sealed class EscalationStep : Versioned, IAudited
{
    private EscalationStep() { }

    public EscalationStep(ClockKind clock, int offsetMinutes, EscalationAudience audience) => Set(clock, offsetMinutes, audience);

    public ClockKind Clock { get; private set; }
    public int OffsetMinutes { get; private set; }
    public EscalationAudience Audience { get; private set; }

    public void Set(ClockKind clock, int offsetMinutes, EscalationAudience audience) => (Clock, OffsetMinutes, Audience) = (clock, offsetMinutes, audience);
}
