namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>Addresses of room changes.</summary>
public static class RoomChangeAddresses
{
    public const string All = "onboarding/room-changes";
    public const string Mine = "my/room-change";

    public static string Request(string number) => $"{All}?q={Uri.EscapeDataString(number)}";
}
