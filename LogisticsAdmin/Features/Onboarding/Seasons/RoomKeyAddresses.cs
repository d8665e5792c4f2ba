namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Addresses of the list of keys.</summary>
public static class RoomKeyAddresses
{
    public const string All = "onboarding/keys";

    /// <summary>The keys that one person has, found by number or name; with <paramref name="withReturned"/> also those that came back.</summary>
    public static string Person(string numberOrName, bool withReturned = false) =>
        $"{All}?q={Uri.EscapeDataString(numberOrName)}{(withReturned ? "&state=All" : "")}";
}
