using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>Imports goods; their stock is typed as movements.</summary>
public sealed class GoodsImport(CurrentUser user, OfficeTime office) : ItemsImport(user, office)
{
    private static readonly IReadOnlyList<ImportColumn> All =
    [
        .. Common,
        ImportColumn.Of<OrdersText>(Unit, CellUse.Text, OrdersLimits.Unit, "单位", "unit"),
        ImportColumn.Of<OrdersText>(Limit, CellUse.WholeNumber, 0, "每人限购", "限购", "limit per person"),
        YesOrNo(Delivered, "可配送", "配送", "delivered"),
        ImportColumn.Of<OrdersText>(Threshold, CellUse.WholeNumber, 0, "补货线", "restock at"),
    ];

    public override string Key => "goods";
    public override LocalName Name => LocalName.Of<OrdersText>("Goods.Title");
    public override string ResultAddress => "orders/goods";
    public override IReadOnlyList<ImportColumn> Columns => All;
    protected override ShelfKind Shelf => ShelfKind.Goods;

    protected override void ReadOwn(RowReader reader, ItemForm form)
    {
        if (reader.Text(Unit) is { } unit) form.Unit = CleanText.Unit(unit);
        if (reader.Whole(Limit, 0, OrdersLimits.Quantity) is { } limit) form.Limit = limit;
        form.IsDelivered = IsYes(reader, Delivered, form.IsDelivered);
        if (reader.Whole(Threshold, 0, OrdersLimits.Movement) is { } threshold) form.Threshold = threshold;
    }
}
