using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>An order that was placed; its payment, when one is awaited.</summary>
public sealed record OrderAnswer(string Number, string? PaymentNumber);

/// <summary>A line as it is shown.</summary>
public sealed record LineRow(long Id, long ItemId, LocalName Name, int Quantity, Money Price)
{
    public Money Amount => new(Price.Fen * Quantity);

    public override string ToString() => Quantity == 1 ? Name.ToString() : $"{Name} ×{Quantity}";
}

/// <summary>An order as lists show it.</summary>
public sealed record OrderRow(
    long Id, string Number, ShelfKind Shelf, PlacedOrderState State, long PersonId, string Person, LocalName? Canteen, LocalName? Stall, DateOnly? Day,
    Meal? Meal, TimeOnly? Slot, string? Room, string? Wish, Money Total, DateTimeOffset CreatedAt, DateTimeOffset? ReadyAt, DateTimeOffset? EndedAt,
    string? Because, IReadOnlyList<LineRow> Lines)
{
    /// <summary>取餐号, which is called and shown on walls, see <see cref="CallNumber"/>.</summary>
    public string Call => CallNumber.Of(Number, Day);

    public string About => string.Join('、', Lines);
}
