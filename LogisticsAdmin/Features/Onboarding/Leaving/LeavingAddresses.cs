using System.Globalization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>Addresses of leaving.</summary>
public static class LeavingAddresses
{
    public const string All = "onboarding/leaving";
    public const string Mine = "my/leaving";

    public static string Round(long id) => string.Create(CultureInfo.InvariantCulture, $"{All}/{id}");

    /// <summary>The round with one person found in it.</summary>
    public static string Person(long roundId, string numberOrName) => $"{Round(roundId)}?q={Uri.EscapeDataString(numberOrName)}";

    /// <summary>The clearance sheets of a class, or of one person.</summary>
    public static string Sheets(long roundId, string? className, long? leaverId = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{Round(roundId)}/sheets.pdf?class={Uri.EscapeDataString(className ?? "")}&leaver={leaverId}");

    /// <summary>Where a payment that was asked for is paid.</summary>
    public static string Pay(string payment) => $"my/pay?order={Uri.EscapeDataString(payment)}";
}
