using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Desk;

/// <summary>Finds an order by its number, for the office.</summary>
internal sealed class OrderSearch(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<OrdersText> words) : ISearchProvider
{
    private const int ShortestNumber = 6;

    public int Order => 60;
    public string Kind => "order";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<OrdersText>("SearchedBy")];
    public int MaxHits => 5;
    public int MaxHitsBesideOthers => 2;

    public bool IsFor(Actor actor) => actor.IsOffice;

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        var number = typed.Trim().ToUpperInvariant();
        if (!user.Actor.IsOffice || number.Length < ShortestNumber || !number.StartsWith(OrdersLimits.Series, StringComparison.Ordinal)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        // A pattern would read every order.
        var end = number + "~";
        var rows = await db.Rows(db.PlacedOrders.AsNoTracking().Where(o => o.Number.CompareTo(number) >= 0 && o.Number.CompareTo(end) < 0)
            .OrderBy(o => o.Number).Take(take)).ToListAsync(ct);
        return
        [
            .. rows.Select(r => new SearchHit(
                $"orders?q={Uri.EscapeDataString(r.Number)}", r.Number, r.Number, $"{r.Person} · {r.About}", words[$"PlacedOrderState.{r.State}"])),
        ];
    }
}
