using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>
/// How many portions of a dish were thrown away at one meal, as the kitchen says. Apart from <see cref="MealStock"/>, which counts what is sold.
/// </summary>
public sealed class MealWaste : Versioned, IAudited
{
    private MealWaste() { }

    public MealWaste(long itemId, DateOnly day, Meal meal) => (ItemId, Day, Meal) = (itemId, day, meal);

    [NotAudited]
    public long ItemId { get; private set; }
    public DateOnly Day { get; private set; }
    public Meal Meal { get; private set; }

    /// <summary>0: nothing was thrown away, and the kitchen says so.</summary>
    public int Quantity { get; private set; }
    public WasteReason? Reason { get; private set; }

    public void Set(int quantity, WasteReason? reason) => (Quantity, Reason) = (quantity, quantity == 0 ? null : reason);
}
