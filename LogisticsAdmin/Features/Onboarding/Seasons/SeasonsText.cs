namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Resources of seasons and of everything that check-in shares.</summary>
public sealed class SeasonsText;
