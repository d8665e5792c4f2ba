using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Ordering;

/// <summary>Orders that were neither picked up nor cancelled are settled before a bed is given up.</summary>
internal sealed class OpenOrdersStep : ICheckOutStep
{
    private static readonly LocalName Words = LocalName.Of<OrdersText>("Hold.Order");

    private static readonly PlacedOrderState[] Open = [PlacedOrderState.Awaiting, PlacedOrderState.Paid, PlacedOrderState.Ready];

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct) =>
        (await HoldsOfEachAsync(db, [personId], ct)).GetValueOrDefault(personId, []);

    public async Task<IReadOnlyDictionary<long, IReadOnlyList<CheckOutHold>>> HoldsOfEachAsync(
        LogisticsDb db, IReadOnlyCollection<long> people, CancellationToken ct)
    {
        List<long> ids = [.. people];
        var orders = await db.PlacedOrders.AsNoTracking().Where(o => EF.Parameter(ids).Contains(o.PersonId) && Open.Contains(o.State)).OrderBy(o => o.Id)
            .Select(o => new { o.PersonId, o.Number }).ToListAsync(ct);
        return orders.GroupBy(o => o.PersonId, o => Hold(o.Number)).ToDictionary(g => g.Key, g => (IReadOnlyList<CheckOutHold>)[.. g]);
    }

    private static CheckOutHold Hold(string number) =>
        new(new LocalName(string.Format(null, Words.Zh, number), string.Format(null, Words.En, number)), $"orders?q={Uri.EscapeDataString(number)}");
}
