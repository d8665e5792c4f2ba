using System.Globalization;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.ServiceLevels.Parts;

/// <summary>How limits, steps and their times are said.</summary>
internal static class LevelLook
{
    /// <summary>What the level is for: an urgency, and the category that has limits of its own.</summary>
    public static string Name(IStringLocalizer words, LevelRow level) => level.Category is null
        ? words[$"Urgency.{level.Urgency}"]
        : words["Levels.OfCategory", Category(words, level), words[$"Urgency.{level.Urgency}"]];

    /// <summary>A category within its group, or a whole group.</summary>
    public static string Category(IStringLocalizer words, LevelRow level) =>
        level.Group is { } group ? words["Levels.InGroup", group, level.Category!] : words["Levels.WholeGroup", level.Category!];

    /// <summary>Minutes below an hour, else hours.</summary>
    public static string Span(IStringLocalizer words, int minutes) =>
        minutes < 60 ? words["Levels.Minutes", minutes] : words["Levels.Hours", Number(minutes / 60m)];

    /// <summary>The same in days of its clock, where that says anything.</summary>
    public static string? Days(IStringLocalizer words, int minutes, bool roundTheClock, TimeSpan workday)
    {
        var day = roundTheClock ? TimeSpan.FromDays(1) : workday;
        if (day <= TimeSpan.Zero || minutes * 2 < day.TotalMinutes) return null;
        var days = Number(Math.Round(minutes / (decimal)day.TotalMinutes, 1));
        return (roundTheClock, days) switch
        {
            (true, "1") => words["Levels.OneDay"],
            (true, _) => words["Levels.Days", days],
            (false, "1") => words["Levels.OneWorkday"],
            _ => words["Levels.Workdays", days],
        };
    }

    /// <summary>When a step is taken, seen from the limit.</summary>
    public static string Moment(IStringLocalizer words, int offset) => offset switch
    {
        0 => words["Levels.AtLimit"],
        < 0 => words["Levels.BeforeLimit", Span(words, -offset)],
        _ => words["Levels.AfterLimit", Span(words, offset)],
    };

    /// <summary>What a step is called where it stands alone.</summary>
    public static string Step(IStringLocalizer words, StepRow step) =>
        words["Levels.StepName", words[$"ClockKind.{step.Clock}"], Moment(words, step.OffsetMinutes), words[$"EscalationAudience.{step.Audience}"]];

    /// <summary>How long a level holds or held; those the house began with hold from its start.</summary>
    public static string Held(IStringLocalizer words, LevelRow level, OfficeTime office)
    {
        var from = level.From == DateTimeOffset.UnixEpoch ? words["Levels.FromStart"].Value : office.Show(level.From);
        return words["Levels.Held", from, level.Until is { } until ? office.Show(until) : words["Levels.Now"].Value];
    }

    private static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
