using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>The columns of the files of the desk; arrival codes are not among them.</summary>
internal static class EntryExport
{
    public static IReadOnlyList<ExportColumn<EntryRow>> People(IStringLocalizer words) =>
    [
        new(words["Field.Number"], r => r.Number),
        new(words["Field.Person"], r => r.Name),
        new(words["Field.Gender"], r => words[$"Gender.{r.Gender}"].Value),
        new(words["Field.ClassName"], r => r.ClassName),
        new(words["Field.Phone"], r => r.Phone),
        new(words["Field.State"], r => words[$"EntryState.{r.State}"].Value),
        new(words["Field.Bed"], r => r.Place),
        new(words["Field.Day"], r => r.Day, ColumnFormat.Day),
        new(words["Field.CheckedInAt"], r => r.CheckedInAt, ColumnFormat.Moment),
        new(words["Field.Because"], r => r.WithdrawnBecause),
    ];

    public static IReadOnlyList<ExportColumn<BoardRow>> Board(IStringLocalizer words, string of) =>
    [
        new(of, r => r.Name.ToString()),
        new(words["Field.Expected"], r => r.Expected, ColumnFormat.Whole),
        new(words["Field.WithBed"], r => r.WithBed, ColumnFormat.Whole),
        new(words["Field.Arrived"], r => r.Arrived, ColumnFormat.Whole),
        new(words["Field.Missing"], r => r.Missing, ColumnFormat.Whole),
    ];

    public static IReadOnlyList<ExportColumn<RoomKeyRow>> Keys(IStringLocalizer words) =>
    [
        new(words["Field.KeyLabel"], k => k.Label),
        new(words["Field.Building"], k => k.Building.ToString()),
        new(words["Field.Room"], k => k.Room),
        new(words["Field.Number"], k => k.Number),
        new(words["Field.Person"], k => k.Person),
        new(words["Field.ClassName"], k => k.ClassName),
        new(words["Field.HandedAt"], k => k.HandedAt, ColumnFormat.Moment),
        new(words["Field.HandedBy"], k => k.HandedBy),
        new(words["Field.State"], k => words[$"RoomKeyState.{k.State}"].Value),
        new(words["Field.ReturnedAt"], k => k.ReturnedAt, ColumnFormat.Moment),
        new(words["Field.ReturnedBy"], k => k.ReturnedBy),
    ];

    public static IReadOnlyList<ExportColumn<BedFillRow>> Preview(IStringLocalizer words) =>
    [
        new(words["Field.ClassName"], r => r.ClassName),
        new(words["Field.Number"], r => r.Number),
        new(words["Field.Person"], r => r.Name),
        new(words["Field.Bed"], r => r.Bed?.ToString()),
    ];

    public static IReadOnlyList<ExportColumn<BedFillItem>> Fills(IStringLocalizer words) =>
    [
        new(words["Field.Seed"], f => f.Seed, ColumnFormat.Whole),
        new(words["Field.Count"], f => f.Count, ColumnFormat.Whole),
        new(words["Field.Open"], f => f.Open, ColumnFormat.Whole),
        new(words["Field.By"], f => f.By),
        new(words["Field.At"], f => f.At, ColumnFormat.Moment),
        new(words["Field.UndoneBy"], f => f.UndoneBy),
        new(words["Field.UndoneAt"], f => f.UndoneAt, ColumnFormat.Moment),
    ];
}
