namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>What can be undone with a season.</summary>
public enum SeasonAct
{
    Edit = 1,
}
