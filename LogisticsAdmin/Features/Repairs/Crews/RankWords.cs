using System.Globalization;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Crews;

/// <summary>Short texts for days and ranking reasons, in the reader's language.</summary>
internal static class RankWords
{
    public static string Day(DateOnly day, DateOnly today) =>
        day.ToString(day.Year == today.Year ? "MM-dd" : "yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>For example "本班组 · 今天在本楼 2 单 · 手上 3 单".</summary>
    public static string Of(IStringLocalizer words, RankedTechnician ranked, DateOnly today) =>
        string.Join(" · ", ranked.Reasons.Select(r => Of(words, r, today)));

    private static string Of(IStringLocalizer words, RankReason reason, DateOnly today)
    {
        if (reason is { Code: RankCode.Absent, Args: [AbsenceReason why, DateOnly until, string standIn] })
        {
            var kind = words[$"AbsenceReason.{why}"].Value;
            return standIn.Length == 0
                ? words["RankReason.Absent", kind, Day(until, today)]
                : words["RankReason.AbsentWithStandIn", kind, Day(until, today), standIn];
        }
        return words[$"RankReason.{reason.Code}", [.. reason.Args]];
    }
}
