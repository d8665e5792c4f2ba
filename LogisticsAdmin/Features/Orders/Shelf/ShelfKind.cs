namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>What an item stands on: the menu of a stall, with portions for each meal, or the shelf of goods, with one stock.</summary>
public enum ShelfKind
{
    Meals = 1,
    Goods = 2,
}
