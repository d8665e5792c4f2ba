using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>
/// What the office does with orders. Everybody else gets <see cref="Forbidden"/>. Two who do the same at once: one does it, and the other is told
/// what the order's state is.
/// </summary>
public sealed class OrderWork(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, IPersonalAccounts accounts, CodeGuesses guesses, OrderNotices notices, OfficeTime office,
    ILogger<OrderWork> log)
{
    /// <summary>How many orders of a withdrawn dish end in one write: others place, prepare and hand over between two.</summary>
    internal const int Batch = 20;

    private static readonly OrderRefundFormValidator RefundRules = new();

    /// <summary>做好: ready to be picked up, or packed. Who ordered is told.</summary>
    public Task PrepareAsync(long id, CancellationToken ct = default) => ActAsync(id, OrderVerb.Prepare, (db, order, me, _) =>
    {
        order.Prepare(me, office.Now);
        notices.Tell(db, order, order.RoomId is null ? OrderNotificationKind.Ready : OrderNotificationKind.OnTheWay);
        return Task.CompletedTask;
    }, ct);

    /// <summary>Not ready yet, after a wrong key.</summary>
    public Task UnprepareAsync(long id, CancellationToken ct = default) => ActAsync(id, OrderVerb.Unprepare, (_, order, me, _) =>
    {
        order.Unprepare(me, office.Now);
        return Task.CompletedTask;
    }, ct);

    /// <summary>The order of a code, to be shown before it is handed over. Wrong codes are counted, see <see cref="CodeGuesses"/>.</summary>
    /// <exception cref="NotFound">No order has this code.</exception>
    public async Task<OrderRow> LookUpAsync(string? typed, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        guesses.Demand(user.PersonId);
        await using var db = await databases.CreateDbContextAsync(ct);
        var code = PickUpCode.Parse(typed);
        if (code is not null && await db.Rows(db.PlacedOrders.AsNoTracking().Where(o => o.Code == code)).SingleOrDefaultAsync(ct) is { } found) return found;
        guesses.Wrong(user.PersonId);
        throw new NotFound();
    }

    /// <summary>Hands an order over to who says its code; its id is the answer.</summary>
    public async Task<long> HandOverAsync(string? typed, CancellationToken ct = default)
    {
        var found = await LookUpAsync(typed, ct);
        await ActAsync(found.Id, OrderVerb.HandOver, (_, order, me, _) =>
        {
            DemandIsToday(order);
            order.HandOver(me, office.Now);
            return Task.CompletedTask;
        }, ct);
        return found.Id;
    }

    /// <summary>Taken back within some minutes: ready again.</summary>
    public Task TakeBackAsync(long id, CancellationToken ct = default) => ActAsync(id, OrderVerb.TakeBack, (_, order, me, _) =>
    {
        order.TakeBack(me, office.Now);
        return Task.CompletedTask;
    }, ct);

    /// <summary>
    /// Gives the money back, whole and once, with a reason that who ordered sees; who may is said by <see cref="MayRefund"/>. Portions that are not
    /// prepared yet, and goods that <see cref="OrderRefundForm.PutsBack"/> says, can be sold again.
    /// </summary>
    public Task RefundAsync(long id, OrderRefundForm form, CancellationToken ct = default)
    {
        RefundRules.Demand(form);
        return ActAsync(id, OrderVerb.Refund, (db, order, me, token) =>
        {
            if (!MayRefund(order.PersonId, order.State)) throw new Forbidden();
            return RefundAsync(db, order, form.Reason!, form.PutsBack, me, token);
        }, ct);
    }

    /// <summary>Nobody refunds an own order; what was picked up or missed is refunded by the management.</summary>
    public bool MayRefund(long personId, PlacedOrderState state) =>
        personId != user.PersonId && (state is not (PlacedOrderState.Done or PlacedOrderState.Missed) || user.Actor.IsManagement);

    /// <summary>
    /// A dish is not there after all: no more of it is sold for this meal, and all orders with it that nobody picked up get their money back, those that are
    /// not paid end. Returns how many these were. What a stop of the app left is done by calling it again.
    /// </summary>
    public async Task<int> WithdrawAsync(long itemId, DateOnly day, Meal meal, OrderRefundForm form, CancellationToken ct = default)
    {
        RefundRules.Demand(form);
        var (through, ended) = (await StopSaleAsync(itemId, day, meal, ct), 0);
        for (var more = true; more;)
        {
            var batch = await EndBatchAsync(itemId, day, meal, through, form.Reason!, ct);
            (ended, more) = (ended + batch, batch == Batch);
            if (more) await Task.Yield();
        }
        return ended;
    }

    /// <summary>Sells no more of a dish for a meal, and returns the id of the last order with it.</summary>
    private async Task<long> StopSaleAsync(long itemId, DateOnly day, Meal meal, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            var item = await db.ShelfItems.SingleOrDefaultAsync(i => i.Id == itemId && i.Shelf == ShelfKind.Meals, token) ?? throw new NotFound();
            (await OrderStock.PortionsAsync(db, item, day, meal, token)).Withdraw();
            db.Announce(new KeyChanged(OrdersTopics.Shelf, itemId));
            return await Waiting(db, itemId, day, meal).MaxAsync(o => (long?)o.Id, token) ?? 0;
        }, ct);
    }

    // Read inside the write: what was picked up or cancelled since the last batch is not among them.
    private async Task<int> EndBatchAsync(long itemId, DateOnly day, Meal meal, long through, string reason, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            var orders = await Waiting(db, itemId, day, meal).Include(o => o.Lines).Where(o => o.Id <= through).OrderBy(o => o.Id).Take(Batch)
                .ToListAsync(token);
            foreach (var order in orders)
            {
                if (order.State == PlacedOrderState.Awaiting) await EndUnpaidAsync(db, order, token);
                else await RefundAsync(db, order, reason, putsBack: true, user.PersonId, token);
                db.AnnounceOrder(order);
            }
            // Portions that nobody ordered any more, and whether orders are left to be ended.
            if (orders.Count > 0) db.Announce(new KeyChanged(OrdersTopics.Shelf, itemId));
            return orders.Count;
        }, ct);
    }

    /// <summary>Orders of a dish for a meal that nobody picked up.</summary>
    private static IQueryable<PlacedOrder> Waiting(LogisticsDb db, long itemId, DateOnly day, Meal meal) => db.PlacedOrders.Where(
        o => o.Day == day && o.Meal == meal && o.Lines.Any(l => l.ItemId == itemId)
            && (o.State == PlacedOrderState.Awaiting || o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready));

    // A payment that comes nevertheless stays on the account.
    private async Task EndUnpaidAsync(LogisticsDb db, PlacedOrder order, CancellationToken ct)
    {
        order.Expire(office.Now);
        await OrderStock.ReleaseAsync(db, order, MovementKind.Released, user.PersonId, office.Now, ct);
        notices.Tell(db, order, OrderNotificationKind.Expired);
    }

    private async Task RefundAsync(LogisticsDb db, PlacedOrder order, string reason, bool putsBack, long? me, CancellationToken ct)
    {
        var was = order.State;
        order.Refund(me, office.Now, reason);
        // A prepared meal can't be sold again.
        var isFree = order.Shelf == ShelfKind.Meals ? was == PlacedOrderState.Paid : was != PlacedOrderState.Done || putsBack;
        if (isFree) await OrderStock.ReleaseAsync(db, order, was == PlacedOrderState.Done ? MovementKind.Returned : MovementKind.Released, me, office.Now, ct);
        await accounts.RefundAsync(db, order.Reference, ct);
        notices.Tell(db, order, OrderNotificationKind.Refunded);
    }

    private void DemandIsToday(PlacedOrder order)
    {
        if (order is not { Shelf: ShelfKind.Meals, Day: { } day } || day == office.Today) return;
        throw Rejected.Because<OrdersText>("AnotherDay", day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private async Task ActAsync(long id, OrderVerb verb, Func<LogisticsDb, PlacedOrder, long, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandOrders();
            var order = await db.PlacedOrders.Include(o => o.Lines).SingleOrDefaultAsync(o => o.Id == id, token) ?? throw new NotFound();
            await work(db, order, user.PersonId, token);
            db.AnnounceOrder(order);
        }, ct);
        log.OrderDone(id, verb, user.ActorOrNull?.PersonId);
    }
}
