using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.ServiceLevels;

/// <summary>催办升级: notifies somebody once, a number of minutes before (negative) or after a limit, counted in the time of the level.</summary>
public sealed class EscalationStep : Versioned, IAudited
{
    private EscalationStep() { }

    public EscalationStep(ClockKind clock, int offsetMinutes, EscalationAudience audience) => Set(clock, offsetMinutes, audience);

    public ClockKind Clock { get; private set; }
    public int OffsetMinutes { get; private set; }
    public EscalationAudience Audience { get; private set; }

    public void Set(ClockKind clock, int offsetMinutes, EscalationAudience audience) => (Clock, OffsetMinutes, Audience) = (clock, offsetMinutes, audience);
}
