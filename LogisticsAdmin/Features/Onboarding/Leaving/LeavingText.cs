namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Resources of leaving.</summary>
public sealed class LeavingText;
