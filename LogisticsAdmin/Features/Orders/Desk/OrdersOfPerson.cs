using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>The orders of a person, on their page. For the office.</summary>
internal sealed class OrdersOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IPersonSection
{
    public LocalName Title { get; } = LocalName.Of<OrdersText>("Person.Title");

    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = db.PlacedOrders.AsNoTracking().Where(o => o.PersonId == personId);
        var rows = await db.Rows(orders.OrderByDescending(o => o.Id).Take(take)).ToListAsync(ct);
        return new PageSection(await orders.CountAsync(ct),
        [
            .. rows.Select(r => new SectionLine(
                r.CreatedAt, r.Number, r.About, LocalName.Of<OrdersText>($"PlacedOrderState.{r.State}"), $"orders?q={Uri.EscapeDataString(r.Number)}")),
        ]);
    }
}
