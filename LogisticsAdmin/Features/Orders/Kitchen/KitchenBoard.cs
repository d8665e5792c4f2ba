using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Kitchen;

/// <summary>
/// What is prepared today, read together for all screens that show the same meal of a canteen. It decides nothing about rights: the caller asks. Nothing is
/// kept for who does not say which change it heard of: such a reader waits for a reading that begins after it asked, together with the others who wait.
/// </summary>
public sealed class KitchenBoard(IChangeFeed feed, OfficeTime office)
{
    private readonly Lock _lock = new();
    private Day? _day;

    /// <summary>How often the orders of a meal were read; for tests and benchmarks.</summary>
    internal long Reads;

    /// <summary>
    /// Today's canteens and meals. With <paramref name="since"/> they have at least the changes of the feed up to this one; without, they are read after the
    /// call.
    /// </summary>
    internal Task<ServedToday> ServedAsync(IDbContextFactory<LogisticsDb> databases, long? since, CancellationToken ct)
    {
        var day = Today();
        return day.Served.GetAsync(feed, since, async (_, token) =>
        {
            await using var db = await databases.CreateDbContextAsync(token);
            return await ReadServedAsync(db, day.Date, token);
        }, ct);
    }

    /// <summary>Today's orders of a meal, in the same way as <see cref="ServedAsync"/>. Orders that did not change are the same instances.</summary>
    internal Task<MealOrders> OrdersAsync(
        IDbContextFactory<LogisticsDb> databases, long canteenId, Meal meal, long? since, CancellationToken ct)
    {
        var day = Today();
        return day.OrdersOf(canteenId, meal).GetAsync(feed, since, async (before, token) =>
        {
            Interlocked.Increment(ref Reads);
            await using var db = await databases.CreateDbContextAsync(token);
            return await ReadOrdersAsync(db, day.Date, canteenId, meal, before, token);
        }, ct);
    }

    private Day Today()
    {
        var today = office.Today;
        lock (_lock)
        {
            if (_day is null || _day.Date != today) _day = new Day(today);
            return _day;
        }
    }

    private static async Task<ServedToday> ReadServedAsync(LogisticsDb db, DateOnly today, CancellationToken ct)
    {
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var open = await db.PlacedOrders.AsNoTracking()
            .Where(o => o.Day == today && o.Shelf == ShelfKind.Meals && (o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready))
            .Select(o => new { o.CanteenId, o.Meal }).Distinct().ToListAsync(ct);
        return new ServedToday(
            await db.Canteens.AsNoTracking().OrderBy(c => c.Code).ToListAsync(ct),
            await db.ServedMeals.AsNoTracking().OrderBy(m => m.From).ToListAsync(ct), open.Select(o => (o.CanteenId!.Value, o.Meal!.Value)).ToHashSet());
    }

    // The ids and versions first: in a rush there are hundreds of orders, and few of them changed since the last reading.
    private static async Task<MealOrders> ReadOrdersAsync(
        LogisticsDb db, DateOnly today, long canteenId, Meal meal, MealOrders? before, CancellationToken ct)
    {
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var orders = db.PlacedOrders.AsNoTracking().Where(o => o.Day == today && o.Meal == meal && o.CanteenId == canteenId);
        var open = await orders.Where(o => o.State == PlacedOrderState.Paid || o.State == PlacedOrderState.Ready).OrderBy(o => o.Id)
            .Select(o => new { o.Id, o.Version }).ToListAsync(ct);
        Dictionary<long, BoardOrder> known = before is null ? [] : before.Open.ToDictionary(o => o.Id);
        var changed = open.FindAll(o => known.GetValueOrDefault(o.Id)?.Version != o.Version).ConvertAll(o => o.Id);
        if (changed.Count > 0)
        {
            foreach (var order in await RowsAsync(db, changed, ct)) known[order.Id] = order;
        }
        var done = await orders.Where(o => o.State == PlacedOrderState.Done).GroupBy(o => new { o.StallId, o.Slot })
            .Select(g => new { g.Key.StallId, g.Key.Slot, Count = g.Count() }).ToListAsync(ct);
        return new MealOrders(
            await db.Stalls.AsNoTracking().Where(s => s.CanteenId == canteenId).OrderBy(s => s.Code).ToListAsync(ct),
            [.. open.Select(o => known[o.Id])], [.. done.Select(d => new DoneOrders(d.StallId!.Value, d.Slot!.Value, d.Count))]);
    }

    private static async Task<List<BoardOrder>> RowsAsync(LogisticsDb db, List<long> ids, CancellationToken ct)
    {
        var rows = await db.PlacedOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.Id)).Select(o => new
        {
            o.Id,
            o.Version,
            o.Number,
            o.State,
            StallId = o.StallId!.Value,
            Day = o.Day!.Value,
            Slot = o.Slot!.Value,
            o.Wish,
            o.CreatedAt,
            o.ReadyAt,
            Lines = o.Lines.OrderBy(l => l.Id)
                .Select(l => new LineRow(l.Id, l.ItemId, new LocalName(l.Name, l.NameEn), l.Quantity, new Money(l.PriceFen))).ToList(),
        }).ToListAsync(ct);
        return rows.ConvertAll(o => new BoardOrder(
            o.Id, o.Version, CallNumber.Of(o.Number, o.Day), o.State, o.StallId, o.Day, o.Slot, o.Wish, o.CreatedAt, o.ReadyAt, o.Lines));
    }

    /// <summary>What was read of one day; the next day begins anew.</summary>
    private sealed class Day(DateOnly date)
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<(long Canteen, Meal Meal), SharedReading<MealOrders>> _orders = [];

        public DateOnly Date => date;

        public SharedReading<ServedToday> Served { get; } = new();

        public SharedReading<MealOrders> OrdersOf(long canteenId, Meal meal)
        {
            lock (_lock)
            {
                if (!_orders.TryGetValue((canteenId, meal), out var reading)) _orders[(canteenId, meal)] = reading = new SharedReading<MealOrders>();
                return reading;
            }
        }
    }
}

/// <summary>Canteens and meals, and for which of them paid orders wait today.</summary>
internal sealed record ServedToday(IReadOnlyList<Canteen> Canteens, IReadOnlyList<ServedMeal> Meals, IReadOnlySet<(long Canteen, Meal Meal)> Waiting);

/// <summary>Of one meal of a canteen: its stalls, the orders that are prepared or wait to be picked up, by their ids, and how many were.</summary>
internal sealed record MealOrders(IReadOnlyList<Stall> Stalls, IReadOnlyList<BoardOrder> Open, IReadOnlyList<DoneOrders> Done);

/// <summary>An order as it is stored in this version.</summary>
internal sealed record BoardOrder(
    long Id, long Version, string Call, PlacedOrderState State, long StallId, DateOnly Day, TimeOnly Slot, string? Wish, DateTimeOffset CreatedAt,
    DateTimeOffset? ReadyAt, IReadOnlyList<LineRow> Lines);

/// <summary>How many orders of a stall and slot were handed over.</summary>
internal sealed record DoneOrders(long StallId, TimeOnly Slot, int Count);
