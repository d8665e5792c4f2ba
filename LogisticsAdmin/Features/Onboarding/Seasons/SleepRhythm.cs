namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>作息: what a student tells future roommates.</summary>
public enum SleepRhythm
{
    Unstated = 0,
    Early = 1,
    Late = 2,
}
