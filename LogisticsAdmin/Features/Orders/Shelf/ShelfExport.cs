using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>The columns of files of dishes, goods and movements.</summary>
internal static class ShelfExport
{
    public static IReadOnlyList<ExportColumn<ItemRow>> Dishes(IStringLocalizer words) =>
    [
        new(words["Field.Canteen"], i => i.Canteen!.Zh),
        new(words["Field.StallId"], i => i.Stall!.Zh),
        .. Common(words),
        new(words["Field.Allergens"], i => AllergenList.Parse(i.Allergens).Show()),
        new(words["Field.IsVegetarian"], i => YesNo(words, i.IsVegetarian)),
        new(words["Field.IsHalal"], i => YesNo(words, i.IsHalal)),
        new(words["Field.Days"], i => ServedDays.ToDigits(i.Days)),
        new(words["Field.Meals"], i => string.Join('、', Enum.GetValues<Meal>().Where(m => ServedDays.Has(i.Meals, m)).Select(m => words[$"Meal.{m}"].Value))),
        new(words["Field.Portions"], i => i.Portions),
    ];

    public static IReadOnlyList<ExportColumn<ItemRow>> Goods(IStringLocalizer words) =>
    [
        .. Common(words),
        new(words["Field.Unit"], i => i.Unit),
        new(words["Field.Limit"], i => i.Limit),
        new(words["Field.IsDelivered"], i => YesNo(words, i.IsDelivered)),
        new(words["Field.Threshold"], i => i.Threshold),
        new(words["Field.Stock"], i => i.Stock),
    ];

    public static IReadOnlyList<ExportColumn<MovementRow>> Movements(IStringLocalizer words) =>
    [
        new(words["Field.At"], m => m.At, ColumnFormat.Moment),
        new(words["Field.Code"], m => m.Code),
        new(words["Field.Name"], m => m.Item.ToString()),
        new(words["Field.Kind"], m => words[$"MovementKind.{m.Kind}"].Value),
        new(words["Field.Quantity"], m => m.Quantity),
        new(words["Field.Stock"], m => m.Balance),
        new(words["Field.Order"], m => m.Order),
        new(words["Field.Note"], m => m.Note),
        new(words["Field.By"], m => m.By),
    ];

    private static IEnumerable<ExportColumn<ItemRow>> Common(IStringLocalizer words) =>
    [
        new(words["Field.Code"], i => i.Code),
        new(words["Field.Name"], i => i.Name.Zh),
        new(words["Field.NameEn"], i => i.Name.En),
        new(words["Field.Category"], i => i.Category),
        new(words["Field.Price"], i => i.Price.Yuan, ColumnFormat.Amount),
        new(words["Field.State"], i => words[i.IsRetired ? "ItemState.Retired" : "ItemState.Current"].Value),
    ];

    private static string YesNo(IStringLocalizer words, bool value) => words[value ? "YesNo.Yes" : "YesNo.No"].Value;
}
