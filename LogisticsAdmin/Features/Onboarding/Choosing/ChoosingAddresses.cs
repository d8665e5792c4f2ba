using System.Globalization;

namespace LogisticsAdmin.Features.Onboarding.Choosing;

/// <summary>Addresses of a freshman's own pages.</summary>
public static class ChoosingAddresses
{
    public const string Mine = "my/onboarding";

    public static string Beds(long? building = null, int? floor = null) => (building, floor) switch
    {
        ({ } b, { } f) => string.Create(CultureInfo.InvariantCulture, $"{Mine}/bed?building={b}&floor={f}"),
        ({ } b, null) => string.Create(CultureInfo.InvariantCulture, $"{Mine}/bed?building={b}"),
        _ => $"{Mine}/bed",
    };

    public static string Paper(long id) => string.Create(CultureInfo.InvariantCulture, $"{Mine}/papers/{id}");
}
