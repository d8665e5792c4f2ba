namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>Resources of what freshmen do before they arrive.</summary>
public sealed class ChoosingText;
