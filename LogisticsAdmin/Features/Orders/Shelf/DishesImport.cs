using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Imports dishes; their canteens and stalls exist already.</summary>
public sealed class DishesImport(CurrentUser user, OfficeTime office) : ItemsImport(user, office)
{
    private static readonly IReadOnlyList<ImportColumn> All =
    [
        ImportColumn.Of<OrdersText>(Canteen, CellUse.Text, OrdersLimits.Name, "食堂", "canteen"),
        ImportColumn.Of<OrdersText>(Stall, CellUse.Text, OrdersLimits.Name, "档口", "窗口", "stall"),
        .. Common,
        // How long it may be counts as it is stored.
        ImportColumn.Of<OrdersText>(Allergens, CellUse.Text, OrdersLimits.Text * 2, "过敏原", "allergens") with
        {
            Show = stored => AllergenList.Parse(stored).Show(),
        },
        YesOrNo(Vegetarian, "素食", "vegetarian"),
        YesOrNo(Halal, "清真", "halal"),
        ImportColumn.Of<OrdersText>(Days, CellUse.Code, 7, "供应日", "days"),
        ImportColumn.Of<OrdersText>(Meals, CellUse.Choices, 0, "餐次", "meals") with
        {
            Choices =
            [
                ImportChoice.Of<OrdersText>(Meal.Breakfast, "早"), ImportChoice.Of<OrdersText>(Meal.Lunch, "中餐", "午"),
                ImportChoice.Of<OrdersText>(Meal.Dinner, "晚"), ImportChoice.Of<OrdersText>(Meal.Night, "宵夜"),
            ],
        },
        ImportColumn.Of<OrdersText>(Portions, CellUse.WholeNumber, 0, "份数", "portions"),
    ];

    public override string Key => "dishes";
    public override LocalName Name => LocalName.Of<OrdersText>("Dishes.Title");
    public override string ResultAddress => "orders/dishes";
    public override IReadOnlyList<ImportColumn> Columns => All;
    protected override ShelfKind Shelf => ShelfKind.Meals;

    protected override void ReadOwn(RowReader reader, ItemForm form)
    {
        if (reader.Text(Allergens) is { } allergens)
        {
            form.Allergens = AllergenList.Parse(allergens).ToString();
            if (form.Allergens.Length > OrdersLimits.Text)
                reader.AddProblem(new RowProblem(Allergens, typeof(SpreadsheetsText), "Import.TooLong", [OrdersLimits.Text, form.Allergens.Length]));
        }
        form.IsVegetarian = IsYes(reader, Vegetarian, form.IsVegetarian);
        form.IsHalal = IsYes(reader, Halal, form.IsHalal);
        if (reader.Code(Days) is { } days)
        {
            if (ServedDays.FromDigits(days) is { } bits) form.Days = bits;
            else reader.AddProblem(new RowProblem(Days, typeof(OrdersText), "Import.Days", [days]));
        }
        if (reader.Choices<Meal>(Meals) is { Count: > 0 } meals) form.Meals = meals.Sum(m => (int)m);
        if (reader.Whole(Portions, 0, OrdersLimits.Portions) is { } portions) form.Portions = portions;
    }
}
