using System.Globalization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>Days and times of a season as they are shown.</summary>
internal static class SeasonDays
{
    public static string Show(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static string Show(DateOnly first, DateOnly last) => first == last ? Show(first) : $"{Show(first)} – {Show(last)}";

    public static string Show(TimeOnly from, TimeOnly until) =>
        string.Create(CultureInfo.InvariantCulture, $"{from:HH\\:mm}–{until:HH\\:mm}");
}
