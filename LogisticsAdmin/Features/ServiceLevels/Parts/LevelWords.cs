using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels.Parts;

/// <summary>Puts levels, steps and their times into words.</summary>
internal static class LevelWords
{
    /// <summary>The urgency, and the category if the level is of one.</summary>
    public static string Name(IStringLocalizer words, LevelRow level) => level.Category is null
        ? words[$"Urgency.{level.Urgency}"]
        : words["OfCategory", Category(words, level), words[$"Urgency.{level.Urgency}"]];

    /// <summary>A category within its group, or a whole group.</summary>
    public static string Category(IStringLocalizer words, LevelRow level) =>
        level.Group is { } group ? words["InGroup", group, level.Category!] : words["WholeGroup", level.Category!];

    /// <summary>In minutes below an hour, else in hours.</summary>
    public static string Span(IStringLocalizer words, int minutes) =>
        minutes < 60 ? words["Minutes", minutes] : words["Hours", Number(minutes / 60m)];

    /// <summary>The same in days or working days; null for less than half a day.</summary>
    public static string? Days(IStringLocalizer words, int minutes, bool roundTheClock, TimeSpan workday)
    {
        var day = roundTheClock ? TimeSpan.FromDays(1) : workday;
        if (day <= TimeSpan.Zero || minutes * 2 < day.TotalMinutes) return null;
        var days = Number(Math.Round(minutes / (decimal)day.TotalMinutes, 1));
        return (roundTheClock, days) switch
        {
            (true, "1") => words["OneDay"],
            (true, _) => words["Days", days],
            (false, "1") => words["OneWorkday"],
            _ => words["Workdays", days],
        };
    }

    /// <summary>When a step is due, relative to the limit.</summary>
    public static string Moment(IStringLocalizer words, int offset) => offset switch
    {
        0 => words["AtLimit"],
        < 0 => words["BeforeLimit", Span(words, -offset)],
        _ => words["AfterLimit", Span(words, offset)],
    };

    /// <summary>Clock, moment and audience of a step.</summary>
    public static string Step(IStringLocalizer words, StepRow step) =>
        words["StepName", words[$"ClockKind.{step.Clock}"], Moment(words, step.OffsetMinutes), words[$"EscalationAudience.{step.Audience}"]];

    /// <summary>From when until when a level is or was in force; the first levels have no date.</summary>
    public static string InForceText(IStringLocalizer words, LevelRow level, OfficeTime office)
    {
        var from = level.From == DateTimeOffset.UnixEpoch ? words["FromStart"].Value : office.Show(level.From);
        return words["Held", from, level.Until is { } until ? office.Show(until) : words["Now"].Value];
    }

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
