namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>How far a billing run is.</summary>
public enum RunState
{
    Running = 1,
    Done = 2,

    /// <summary>What was billed before stays.</summary>
    Cancelled = 3,
}
