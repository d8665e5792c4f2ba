using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;

namespace LogisticsAdmin.Features.Orders.Figures;

/// <summary>A line of an order, for figures. The first line of an order stands for the order as well.</summary>
internal sealed record SoldLine(
    long Id, long OrderId, bool IsFirst, ShelfKind Shelf, PlacedOrderState State, bool WasPaid, bool WasPrepared, DateOnly Day, Meal? Meal, long? CanteenId,
    long? StallId, long ItemId, int Quantity, long Fen, int? Stars)
{
    public bool IsMeal => Shelf == ShelfKind.Meals;

    /// <summary>Paid and not given back.</summary>
    public bool IsSold => OrderMoves.Sold.Contains(State);

    public bool IsMissed => State == PlacedOrderState.Missed;

    /// <summary>Prepared for nobody.</summary>
    public bool IsWaste => IsMissed && WasPrepared;
}
