using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>All orders, for the office. A code is found by a whole code only, and wrong ones are counted as at the counter.</summary>
public sealed class OrderDeskQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, CodeGuesses guesses)
{
    public async Task<OrderWindow> ListAsync(OrderFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = Filtered(db, filter);
        var page = orders.OrderByDescending(o => o.Id).Skip((filter.Page - 1) * OrderFilter.PageSize).Take(OrderFilter.PageSize);
        var window = new OrderWindow(await db.Rows(page).ToListAsync(ct), await orders.CountAsync(ct));
        if (window.Total == 0 && PickUpCode.Parse(filter.Text) is not null) guesses.Wrong(user.PersonId);
        return window;
    }

    public async Task<IReadOnlyList<OrderRow>> AllAsync(OrderFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOrders();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rows(Filtered(db, filter).OrderByDescending(o => o.Id)).ToListAsync(ct);
    }

    private IQueryable<PlacedOrder> Filtered(LogisticsDb db, OrderFilter filter)
    {
        var orders = db.PlacedOrders.AsNoTracking();
        if (filter.State is { } state) orders = orders.Where(o => o.State == state);
        if (filter.Shelf is { } shelf) orders = orders.Where(o => o.Shelf == shelf);
        if (filter.Day is { } day) orders = orders.Where(o => o.Day == day);
        if (CleanText.Clean(filter.Text) is not { Length: > 0 } typed) return orders;
        var (pattern, code) = (LikePattern.Containing(typed), PickUpCode.Parse(typed) ?? "-");
        if (code != "-") guesses.Demand(user.PersonId);
        return orders.Where(o => o.Code == code || EF.Functions.Like(o.Number, pattern, LikePattern.Escape)
            || db.Users.Any(p => p.Id == o.PersonId && EF.Functions.Like(p.FullName, pattern, LikePattern.Escape)));
    }
}
