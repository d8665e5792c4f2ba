namespace LogisticsAdmin.Features.Reports.Targets;

/// <summary>Whose target it is.</summary>
public enum TargetScope
{
    Office = 0,
    Centre = 1,
    Crew = 2,
}
