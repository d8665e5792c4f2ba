using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Shelf;

/// <summary>The portions of a dish for one meal of one day; without a row nothing is sold yet and the dish's own number applies.</summary>
public sealed class MealStock : Versioned
{
    private MealStock() { }

    public MealStock(long itemId, DateOnly day, Meal meal, int offered) => (ItemId, Day, Meal, Offered) = (itemId, day, meal, offered);

    public long ItemId { get; private set; }
    public DateOnly Day { get; private set; }
    public Meal Meal { get; private set; }
    public int Offered { get; private set; }

    /// <summary>Those of orders that are paid or wait for their payment; never above <see cref="Offered"/>.</summary>
    public int Sold { get; private set; }

    /// <summary>No longer offered for this meal.</summary>
    public bool IsWithdrawn { get; private set; }

    public int Left => IsWithdrawn ? 0 : Offered - Sold;

    public void Take(int quantity) => Sold += quantity;

    public void Release(int quantity) => Sold -= quantity;

    public void Offer(int offered) => (Offered, IsWithdrawn) = (offered, false);

    public void Withdraw() => IsWithdrawn = true;
}
