namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>Resources of the check-in desk.</summary>
public sealed class EntryDeskText;
