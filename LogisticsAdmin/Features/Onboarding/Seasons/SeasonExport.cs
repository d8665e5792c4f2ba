using System.Globalization;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Seasons;

/// <summary>The columns of files of seasons, groups and students.</summary>
internal static class SeasonExport
{
    public static IReadOnlyList<ExportColumn<SeasonRow>> Seasons(IStringLocalizer words) =>
    [
        new(words["Field.Name"], s => s.Name.Zh),
        new(words["Field.NameEn"], s => s.Name.En),
        new(words["Field.Grade"], s => s.Grade),
        new(words["Field.FirstDay"], s => s.FirstDay, ColumnFormat.Day),
        new(words["Field.LastDay"], s => s.LastDay, ColumnFormat.Day),
        new(words["Field.State"], s => words[$"SeasonState.{s.State}"].Value),
        new(words["Groups"], s => s.Groups),
        new(words["Field.Students"], s => s.Students),
        new(words["Field.Beds"], s => s.Beds),
        new(words["Field.CheckedIn"], s => s.CheckedIn),
    ];

    public static IReadOnlyList<ExportColumn<SeasonGroupRow>> Groups(IStringLocalizer words) =>
    [
        new(words["Field.Group"], g => g.Name),
        new(words["Field.Classes"], g => string.Join('、', g.Classes)),
        new(words["Field.Rooms"], g => string.Join('、', g.Rooms.Select(r => RoomsOf(r, words)))),
        new(words["Field.ChoosesFrom"], g => g.ChoosesFrom, ColumnFormat.Moment),
        new(words["Field.ChoosesUntil"], g => g.ChoosesUntil, ColumnFormat.Moment),
        new(words["Field.Expected"], g => g.Expected),
        new(words["Field.Men"], g => g.Men),
        new(words["Field.Women"], g => g.Women),
        new(words["Field.Students"], g => g.Students),
        new(words["Field.BedsForMen"], g => g.BedsForMen),
        new(words["Field.BedsForWomen"], g => g.BedsForWomen),
    ];

    public static IReadOnlyList<ExportColumn<SeasonStudentRow>> Students(IStringLocalizer words) =>
    [
        new(words["Field.Number"], s => s.Number),
        new(words["Field.Student"], s => s.Name),
        new(words["Field.ClassName"], s => s.ClassName),
        new(words["Field.Group"], s => s.Group),
        new(words["Field.Missing"], s => string.Join('、', s.Missing.Select(m => words[$"OnboardingStep.{m}"].Value))),
        new(words["Field.Bed"], s => s.Bed is null ? null : $"{s.Building} {s.Room}-{s.Bed}"),
        new(words["Field.BedState"], s => s.Bed is null ? null : words[s.IsHeldOnly ? "BedHeld" : "BedChosen"].Value),
        new(words["Field.ArrivalDay"], s => s.ArrivalDay, ColumnFormat.Day),
        new(words["Field.From"], s => s.ArrivalFrom?.ToString("HH:mm", CultureInfo.InvariantCulture)),
        new(words["Field.CheckedInAt"], s => s.CheckedInAt, ColumnFormat.Moment),
        new(words["Field.WithdrawnAt"], s => s.WithdrawnAt, ColumnFormat.Moment),
    ];

    /// <summary>Rooms that a group offers in one line.</summary>
    public static string RoomsOf(OfferedRooms rooms, IStringLocalizer words)
    {
        List<string> told = [rooms.Building.ToString()];
        if (rooms.Floor is { } floor) told.Add(words["OnFloor", floor]);
        if (rooms.RoomSize is { } size) told.Add(words["OfSize", size]);
        told.Add(words[$"OpenFor.{rooms.Gender}"]);
        return string.Join(" · ", told);
    }
}
