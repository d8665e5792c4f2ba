using System.Globalization;

namespace LogisticsAdmin.Features.Fees.Metering;

/// <summary>Days and numbers of readings as they are shown.</summary>
internal static class ReadingWords
{
    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Only the decimals that there are.</summary>
    public static string Number(decimal number) => number.ToString("0.####", CultureInfo.InvariantCulture);
}
