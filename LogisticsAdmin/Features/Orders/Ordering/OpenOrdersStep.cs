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

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var numbers = await db.PlacedOrders.AsNoTracking().Where(o => o.PersonId == personId && Open.Contains(o.State)).OrderBy(o => o.Id)
            .Select(o => o.Number).ToListAsync(ct);
        return numbers.ConvertAll(n => new CheckOutHold(
            new LocalName(string.Format(null, Words.Zh, n), string.Format(null, Words.En, n)), $"orders?q={Uri.EscapeDataString(n)}"));
    }
}
