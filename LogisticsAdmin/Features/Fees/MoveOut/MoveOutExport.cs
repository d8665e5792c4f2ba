using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>The columns of the settled statements as a file.</summary>
internal static class MoveOutExport
{
    public static IReadOnlyList<ExportColumn<MoveOutRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Number"], s => s.Number),
        new(words["Field.Person"], s => s.Person),
        new(words["Field.PersonNumber"], s => s.PersonNumber),
        new(words["Field.Room"], s => s.Place),
        new(words["Field.LeavingDay"], s => s.LeavingDay, ColumnFormat.Day),
        new(words["Sum.Own"], s => s.Own.Yuan, ColumnFormat.Amount),
        new(words["Field.RoomPart"], s => s.RoomPart.Yuan, ColumnFormat.Amount),
        new(words["Sum.Charges"], s => s.Charges.Yuan, ColumnFormat.Amount),
        new(words["Sum.Back"], s => s.GivenBack.Yuan, ColumnFormat.Amount),
        new(words["Field.Result"], s => s.Result.Yuan, ColumnFormat.Amount),
        new(words["Field.Way"], s => words[$"MoveOutWay.{s.Way}"].Value),
        new(words["Field.Receipt"], s => s.ReceiptNumber),
        new(words["Field.SettledBy"], s => s.SettledBy),
        new(words["Field.SettledAt"], s => s.SettledAt, ColumnFormat.Moment),
        new(words["State"], s => words[s.StateKey].Value),
    ];
}
