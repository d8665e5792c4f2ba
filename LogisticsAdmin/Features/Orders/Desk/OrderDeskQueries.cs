using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>All orders, for the office. Codes are not searched here but at the counter, where wrong ones are counted.</summary>
public sealed class OrderDeskQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>A text that more people match is too short to find anybody by.</summary>
    private const int MostPeople = 200;

    public async Task<OrderWindow> ListAsync(OrderFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = await FilteredAsync(db, filter, ct);
        var page = orders.OrderByDescending(o => o.Id).Skip((filter.Page - 1) * OrderFilter.PageSize).Take(OrderFilter.PageSize);
        return new OrderWindow(await db.Rows(page).ToListAsync(ct), await orders.CountAsync(ct));
    }

    public async Task<IReadOnlyList<OrderRow>> AllAsync(OrderFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rows((await FilteredAsync(db, filter, ct)).OrderByDescending(o => o.Id)).ToListAsync(ct);
    }

    private static async Task<IQueryable<PlacedOrder>> FilteredAsync(LogisticsDb db, OrderFilter filter, CancellationToken ct)
    {
        var orders = db.PlacedOrders.AsNoTracking();
        if (filter.State is { } state) orders = orders.Where(o => o.State == state);
        if (filter.Shelf is { } shelf) orders = orders.Where(o => o.Shelf == shelf);
        if (filter.Day is { } day) orders = orders.Where(o => o.Day == day);
        if (CleanText.Clean(filter.Text) is not { Length: > 0 } typed) return orders;
        var pattern = LikePattern.Containing(typed);
        var people = await db.Users.AsNoTracking()
            .Where(p => EF.Functions.Like(p.FullName, pattern, LikePattern.Escape) || EF.Functions.Like(p.Number!, pattern, LikePattern.Escape))
            .OrderBy(p => p.Id).Select(p => p.Id).Take(MostPeople).ToListAsync(ct);
        var number = typed.ToUpperInvariant();
        if (!number.StartsWith(OrdersLimits.Series, StringComparison.Ordinal)) return orders.Where(o => people.Contains(o.PersonId));
        // A pattern would read every order.
        var end = number + "~";
        return orders.Where(o => people.Contains(o.PersonId) || (o.Number.CompareTo(number) >= 0 && o.Number.CompareTo(end) < 0));
    }
}
