namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>What the result of the last full month says of a target.</summary>
public enum TargetState
{
    Met = 1,
    Missed = 2,

    /// <summary>There is a target, and nothing was counted.</summary>
    Unknown = 3,

    /// <summary>There is no target.</summary>
    Unset = 4,
}
