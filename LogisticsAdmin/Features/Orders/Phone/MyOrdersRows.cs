using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>What can be ordered at a meal of a day in a canteen, and why not, if so.</summary>
public sealed record MenuView(
    long? CanteenId, LocalName? Canteen, DateOnly Day, Meal? Meal, IReadOnlyList<MenuChoice> Canteens, IReadOnlyList<DateOnly> Days,
    IReadOnlyList<Meal> Meals, DateTimeOffset? CutOff, bool IsOpen, string? PausedUntil, int MostPortions, IReadOnlyList<MenuStall> Stalls);

public sealed record MenuChoice(long Id, LocalName Name);

public sealed record MenuStall(long Id, LocalName Name, bool IsHalal, IReadOnlyList<MenuItem> Dishes);

/// <summary>A dish or thing as residents see it. <paramref name="Stars"/> is null until somebody reviewed it.</summary>
public sealed record MenuItem(
    long Id, LocalName Name, Money Price, string Category, string Unit, string Allergens, bool IsVegetarian, bool IsHalal, int Left, int Limit,
    bool IsDelivered, decimal? Stars, Guid? Picture)
{
    public string PerUnit => Unit.Length > 0 ? " / " + Unit : "";

    /// <summary>How many can be chosen on the page.</summary>
    public int Most => Math.Min(Left, Limit > 0 ? Math.Min(Limit, 10) : 10);
}

/// <summary>What is about to be ordered, with the slots that have room.</summary>
public sealed record BasketView(
    ShelfKind Shelf, LocalName? Stall, DateOnly? Day, Meal? Meal, IReadOnlyList<LineRow> Lines, Money Total, Money Balance, IReadOnlyList<BasketSlot> Slots,
    bool MayBeDelivered, string? Room, bool CanPayOnline);

public sealed record BasketSlot(TimeOnly From, TimeOnly Until, int Left);

/// <summary>An own order on the home page. <paramref name="Code"/> and until when a meal waits are given when it is ready.</summary>
public sealed record HomeOrder(OrderRow Row, string? Code, DateTimeOffset? WaitsUntil);

/// <summary>
/// An own order with its code, what can be done with it, and what was said about its lines. <paramref name="WasPaid"/> stays when the money went back.
/// </summary>
public sealed record MyOrder(
    OrderRow Row, string Code, string? PaymentNumber, DateTimeOffset? HeldUntil, LocalName? Location, bool MayCancel,
    bool WasPaid, IReadOnlyDictionary<long, int> Reviewed);
