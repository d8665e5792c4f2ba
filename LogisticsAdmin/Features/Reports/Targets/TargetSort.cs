namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>The orders of the list of targets.</summary>
public enum TargetSort
{
    /// <summary>The order of the report.</summary>
    Figure = 1,
    Scope = 2,
    From = 3,
}
