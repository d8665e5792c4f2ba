namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Resources of room changes.</summary>
public sealed class RoomChangesText;
