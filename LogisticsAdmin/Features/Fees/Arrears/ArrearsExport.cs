using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The columns of the exported arrears and cut-offs.</summary>
internal static class ArrearsExport
{
    public static IReadOnlyList<ExportColumn<ArrearsRow>> Arrears(IStringLocalizer words) =>
    [
        new(words["Column.Owner"], r => r.Owner),
        new(words["Column.PersonNumber"], r => r.PersonNumber),
        new(words["Column.Owed"], r => r.Owed.Yuan, ColumnFormat.Amount),
        .. Enum.GetValues<ArrearsAge>().Select(age =>
            new ExportColumn<ArrearsRow>(words[$"ArrearsAge.{age}"], r => r.Of(age).Yuan, ColumnFormat.Amount)),
        new(words["Column.Kinds"], r => string.Join("; ", r.ByKind.Select(k => $"{k.Kind?.ToString() ?? words["OtherKind"]} {k.Owed}"))),
        new(words["Column.Oldest"], r => r.Oldest, ColumnFormat.Day),
        new(words["Column.Reminders"], r => r.Reminders, ColumnFormat.Whole),
        new(words["Column.LastReminder"], r => r.LastReminder, ColumnFormat.Day),
    ];

    public static IReadOnlyList<ExportColumn<CutOffRow>> CutOffs(IStringLocalizer words) =>
    [
        new(words["Column.Number"], r => r.Number),
        new(words["Column.State"], r => words[$"CutOffState.{r.State}"].Value),
        new(words["Column.Kind"], r => r.Kind.ToString()),
        new(words["Column.Place"], r => r.Place),
        new(words["Column.Debt"], r => r.Debt.Yuan, ColumnFormat.Amount),
        new(words["Column.AnnouncedAt"], r => r.AnnouncedAt, ColumnFormat.Moment),
        new(words["Column.NotBefore"], r => r.NotBefore, ColumnFormat.Day),
        new(words["Column.Technician"], r => r.Technician),
        new(words["Column.CutAt"], r => r.CutAt, ColumnFormat.Moment),
        new(words["Column.CutNote"], r => r.CutNote),
        new(words["Column.PaidAt"], r => r.PaidAt, ColumnFormat.Moment),
        new(words["Column.TakenBackBecause"], r => r.TakenBackBecause),
        new(words["Column.RestoredAt"], r => r.RestoredAt, ColumnFormat.Moment),
        new(words["Column.RestoreNote"], r => r.RestoreNote),
    ];
}
