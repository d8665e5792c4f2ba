using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>The columns of the file of orders; codes are not among them.</summary>
internal static class OrderExport
{
    public static IReadOnlyList<ExportColumn<OrderRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Field.Number"], o => o.Number),
        new(words["Field.Person"], o => o.Person),
        new(words["Field.Canteen"], o => o.Canteen?.ToString()),
        new(words["Field.StallId"], o => o.Stall?.ToString()),
        new(words["Field.Day"], o => o.Day, ColumnFormat.Day),
        new(words["Field.Meal"], o => o.Meal is { } meal ? words[$"Meal.{meal}"].Value : words[$"ShelfKind.{o.Shelf}"].Value),
        new(words["Field.Slot"], o => o.Slot is { } slot ? TypedTime.Show(slot) : null),
        new(words["Field.Room"], o => o.Room),
        new(words["Field.About"], o => o.About),
        new(words["Field.Total"], o => o.Total.Yuan, ColumnFormat.Amount),
        new(words["Field.State"], o => words[$"PlacedOrderState.{o.State}"].Value),
        new(words["Field.CreatedAt"], o => o.CreatedAt, ColumnFormat.Moment),
        new(words["Field.EndedAt"], o => o.EndedAt, ColumnFormat.Moment),
        new(words["Field.Reason"], o => o.Because),
    ];
}
