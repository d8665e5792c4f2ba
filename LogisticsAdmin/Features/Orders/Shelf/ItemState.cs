namespace LogisticsAdmin.Features.Orders.Shelf;

public enum ItemState
{
    Current = 1,
    Retired = 2,

    /// <summary>Goods at their threshold or below: the restock list.</summary>
    Restock = 3,
}
