using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>The columns of the files of rounds and of those who leave.</summary>
internal static class LeavingExport
{
    public static IReadOnlyList<ExportColumn<LeavingRoundRow>> Rounds(IStringLocalizer words) =>
    [
        new(words["Field.Name"], r => r.Name.ToString()),
        new(words["Field.FirstDay"], r => r.FirstDay, ColumnFormat.Day),
        new(words["Field.LastDay"], r => r.LastDay, ColumnFormat.Day),
        new(words["Field.Classes"], r => string.Join(' ', r.Classes)),
        new(words["Field.People"], r => r.People),
        new(words["LeaverState.Left"], r => r.Left),
        new(words["Field.ClosedAt"], r => r.ClosedAt, ColumnFormat.Moment),
    ];

    public static IReadOnlyList<ExportColumn<LeaverRow>> People(IStringLocalizer words) =>
    [
        new(words["Field.Number"], l => l.Number),
        new(words["Field.Person"], l => l.Name),
        new(words["Field.ClassName"], l => l.ClassName),
        new(words["Field.Room"], l => l.Place),
        new(words["Field.State"], l => words[$"LeaverState.{l.State}"].Value),
        new(words["Field.InspectedAt"], l => l.InspectedAt, ColumnFormat.Moment),
        new(words["Field.Damage"], l => l.Damage),
        new(words["Field.Amount"], l => l.DamageAmount.Yuan, ColumnFormat.Amount),
        new(words["Field.DamagePaidAt"], l => l.DamagePaidAt, ColumnFormat.Moment),
        new(words["Field.Keys"], l => string.Join(' ', l.Keys.Select(k => k.Label))),
        new(words["Field.CheckedOutAt"], l => l.CheckedOutAt, ColumnFormat.Moment),
    ];
}
