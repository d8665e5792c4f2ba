using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Ends orders whose payment did not come in time, and those of meals that nobody picked up.</summary>
internal sealed class OrderRunner(IDbContextFactory<LogisticsDb> databases, OrderNotices notices, OfficeTime office, ILogger<OrderRunner> log)
{
    private const int Batch = 100;

    public async Task RunAsync(CancellationToken ct)
    {
        var (expired, missed) = (await ExpireAsync(ct), await MissAsync(ct));
        if (expired + missed > 0) log.OrdersEnded(expired, missed);
    }

    private async Task<int> ExpireAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = office.Now;
        var due = await db.PlacedOrders.Where(o => o.State == PlacedOrderState.Awaiting && o.HeldUntil <= now).OrderBy(o => o.Id).Select(o => o.Id)
            .Take(Batch).ToListAsync(ct);
        foreach (var id in due)
        {
            await EndAsync(id, OrderVerb.Expire, async (one, order, token) =>
            {
                order.Expire(now);
                await OrderStock.ReleaseAsync(one, order, MovementKind.Released, null, now, token);
                notices.Tell(one, order, OrderNotificationKind.Expired);
            }, ct);
        }
        return due.Count;
    }

    private async Task<int> MissAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (now, today, meals) = (office.Now, office.Today, await db.ServedMeals.AsNoTracking().ToListAsync(ct));
        var open = await db.PlacedOrders.AsNoTracking()
            .Where(o => o.Shelf == ShelfKind.Meals && o.Day <= today && (o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready))
            .Select(o => new { o.Id, o.CanteenId, o.Day, o.Meal, o.Slot }).ToListAsync(ct);
        var due = open.Where(o => meals.Find(m => m.CanteenId == o.CanteenId && m.Meal == o.Meal) is { } meal
                ? meal.WaitsUntil(o.Day!.Value, o.Slot!.Value, office) <= now : o.Day < today)
            .Select(o => o.Id).Take(Batch).ToList();
        foreach (var id in due)
        {
            await EndAsync(id, OrderVerb.Miss, (one, order, _) =>
            {
                order.Miss(now);
                notices.Tell(one, order, OrderNotificationKind.Missed);
                return Task.CompletedTask;
            }, ct);
        }
        return due.Count;
    }

    private async Task EndAsync(long id, OrderVerb verb, Func<LogisticsDb, PlacedOrder, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var order = await db.PlacedOrders.Include(o => o.Lines).SingleAsync(o => o.Id == id, token);
            // It may have been paid or picked up meanwhile.
            if (!verb.Allows(order.State)) return;
            await work(db, order, token);
            db.AnnounceOrder(order);
        }, ct);
    }
}
