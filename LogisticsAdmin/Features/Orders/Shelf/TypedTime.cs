using System.Globalization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A time of the day as it is typed, such as 11:30.</summary>
internal static class TypedTime
{
    public static TimeOnly? Parse(string? typed) =>
        TimeOnly.TryParseExact(typed?.Trim(), ["H:mm", "HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? new TimeOnly(time.Hour, time.Minute) : null;

    public static string Show(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);
}
