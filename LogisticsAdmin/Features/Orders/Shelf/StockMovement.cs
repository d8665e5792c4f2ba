using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>A change of a stock of goods. Rows are only added: those of an item add up to its stock.</summary>
public sealed class StockMovement
{
    private StockMovement() { }

    internal StockMovement(long itemId, MovementKind kind, int quantity, int balance, long? orderId, string? note, long? by, DateTimeOffset at)
    {
        (ItemId, Kind, Quantity, Balance) = (itemId, kind, quantity, balance);
        (OrderId, Note, ById, At) = (orderId, CleanText.Clean(note) is { Length: > 0 } text ? text : null, by, at);
    }

    public long Id { get; private set; }
    public long ItemId { get; private set; }
    public MovementKind Kind { get; private set; }

    /// <summary>Never zero; below zero for what leaves the shelf.</summary>
    public int Quantity { get; private set; }

    /// <summary>The stock afterwards.</summary>
    public int Balance { get; private set; }
    public long? OrderId { get; private set; }
    public string? Note { get; private set; }
    public long? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
}
