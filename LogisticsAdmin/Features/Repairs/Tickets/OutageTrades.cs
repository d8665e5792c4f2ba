using LogisticsAdmin.Features.News.Items;

namespace LogisticsAdmin.Features.Repairs.Tickets;

/// <summary>
/// Which faults a planned outage explains, by the codes of categories and their groups in seeds/reference.json. Categories with other codes are
/// never explained.
/// </summary>
public static class OutageTrades
{
    /// <summary>How long before an outage begins the report forms warn of it.</summary>
    public static readonly TimeSpan Ahead = TimeSpan.FromHours(24);

    /// <summary>How long after an outage ended tickets still belong to it: the supply comes back floor by floor.</summary>
    public static readonly TimeSpan After = TimeSpan.FromHours(2);

    private static readonly Dictionary<OutageKind, HashSet<string>> Codes = new()
    {
        [OutageKind.Water] = ["water", "appliance-washer", "appliance-dispenser", "appliance-heater"],
        [OutageKind.Power] =
        [
            "power", "hvac-ac", "hvac-fresh-air", "appliance", "network", "safety-elevator", "safety-emergency-light", "public-street-light",
        ],
        [OutageKind.HotWater] = ["water-shower", "appliance-heater"],
        [OutageKind.Heating] = ["hvac-radiator"],
        [OutageKind.Gas] = ["appliance-heater"],
        [OutageKind.Network] = ["network"],
        [OutageKind.Lift] = ["safety-elevator"],
    };

    /// <summary>Whether an outage of this kind explains a fault of the category with this code, in the group with that code.</summary>
    public static bool Explains(string kind, string code, string? groupCode) =>
        Enum.TryParse<OutageKind>(kind, out var known) && Codes.TryGetValue(known, out var codes)
        && (codes.Contains(code) || (groupCode is not null && codes.Contains(groupCode)));
}
