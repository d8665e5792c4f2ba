using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Orders of a meal of today for the benchmark of kitchens, stored as paid ones whatever the time of day is.</summary>
internal sealed class KitchenOrders
{
    private const int Waiting = 20;

    private readonly Queue<long> _waiting = new();
    private Stall _stall = null!;
    private ServedMeal _meal = null!;
    private ShelfItem _dish = null!;
    private long _resident;

    /// <summary>The address of the kitchen's page of this meal.</summary>
    public async Task<string> FindAsync(AppWithUsers app)
    {
        await app.InDatabaseAsync(async db =>
        {
            _stall = await db.Stalls.AsNoTracking().OrderBy(s => s.Id).FirstAsync();
            _meal = await db.ServedMeals.AsNoTracking().Where(m => m.CanteenId == _stall.CanteenId && m.Meal == Meal.Lunch).SingleAsync();
            _dish = await db.ShelfItems.AsNoTracking().Where(i => i.StallId == _stall.Id).OrderBy(i => i.Id).FirstAsync();
            _resident = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Id).SingleAsync();
            return 0;
        });
        return string.Create(CultureInfo.InvariantCulture, $"/orders/kitchen?canteen={_stall.CanteenId}&meal={_meal.Meal}");
    }

    public async Task OrderAsync(AppWithUsers app, string wish)
    {
        var office = app.Services.GetRequiredService<OfficeTime>();
        _waiting.Enqueue(await app.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var number = await db.NextNumberAsync(OrdersLimits.Series, office.Today, token);
            var order = new PlacedOrder(number, ShelfKind.Meals, _resident, PickUpCode.New(), null, _resident, office.Now);
            order.OfMeal(_stall, office.Today, _meal.Meal, _meal.From);
            order.Add(_dish, 1);
            order.Ask(wish);
            order.Pay(office.Now);
            db.PlacedOrders.Add(order);
            await db.SaveChangesAsync(token);
            db.Announce(new KeyChanged(OrdersTopics.Orders, order.Id));
            return order.Id;
        }, CancellationToken.None)));
        if (_waiting.Count <= Waiting) return;
        var done = _waiting.Dequeue();
        await app.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.PlacedOrders.SingleAsync(o => o.Id == done, token)).HandOver(_resident, office.Now);
            db.Announce(new KeyChanged(OrdersTopics.Orders, done));
            return 0;
        }, CancellationToken.None));
    }
}
