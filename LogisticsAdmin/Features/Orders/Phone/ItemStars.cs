using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>The mean stars of the dishes of a canteen, or of all goods. Kept for some minutes: everybody is shown the same.</summary>
public sealed class ItemStars(IMemoryCache cache)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    /// <summary>By item, without those that nobody reviewed; <paramref name="canteenId"/> is null for goods.</summary>
    internal async Task<IReadOnlyDictionary<long, decimal>> FindAsync(LogisticsDb db, long? canteenId, CancellationToken ct) =>
        (await cache.GetOrCreateAsync((nameof(ItemStars), canteenId), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Kept;
            return ReadAsync(db, canteenId, ct);
        }))!;

    private static async Task<IReadOnlyDictionary<long, decimal>> ReadAsync(LogisticsDb db, long? canteenId, CancellationToken ct)
    {
        var (stalls, items, reviews) = (db.Set<Stall>(), db.ShelfItems.AsNoTracking().Living(), db.Set<ItemReview>());
        var shown = canteenId is null ? items.Where(i => i.Shelf == ShelfKind.Goods)
            : items.Where(i => i.Shelf == ShelfKind.Meals && stalls.Any(s => s.Id == i.StallId && s.CanteenId == canteenId));
        var sums = await shown.Join(reviews, i => i.Id, r => r.ItemId, (i, r) => new { i.Id, r.Stars })
            .GroupBy(r => r.Id).Select(g => new { g.Key, Sum = g.Sum(r => r.Stars), Count = g.Count() }).ToListAsync(ct);
        return sums.ToDictionary(s => s.Key, s => decimal.Round((decimal)s.Sum / s.Count, 1));
    }
}
