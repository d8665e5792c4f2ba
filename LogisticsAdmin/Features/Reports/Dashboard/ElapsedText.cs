using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>How long something has been going on, as it is said: days and hours, hours, or minutes.</summary>
internal static class ElapsedText
{
    public static string Of(IStringLocalizer<DashboardText> words, TimeSpan time) => time switch
    {
        { Ticks: < 0 } => words["Elapsed.Minutes", 0],
        { TotalDays: >= 1 } => words["Elapsed.Days", (int)time.TotalDays, time.Hours],
        { TotalHours: >= 1 } => words["Elapsed.Hours", (int)time.TotalHours],
        _ => words["Elapsed.Minutes", (int)time.TotalMinutes],
    };
}
