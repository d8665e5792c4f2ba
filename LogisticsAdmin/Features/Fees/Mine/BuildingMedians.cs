using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Places;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Caching.Memory;

namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>
/// The median usage of a building's rooms in each billed period of a kind. Kept for some minutes: every resident of the building is shown the same, and
/// only billing changes it.
/// </summary>
public sealed class BuildingMedians(IMemoryCache cache)
{
    /// <summary>Fewer rooms have no median, which would tell what a neighbour uses.</summary>
    private const int FewestRooms = 5;

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>By the code of the period, of periods that end on <paramref name="since"/> or later.</summary>
    internal async Task<IReadOnlyDictionary<string, decimal>> FindAsync(
        LogisticsDb db, long buildingId, long kindId, DateOnly since, CancellationToken ct) => (await cache.GetOrCreateAsync(
        (nameof(BuildingMedians), buildingId, kindId, since), entry =>
        {
            entry.AbsoluteExpirationRelativeToNow = Kept;
            return ReadAsync(db, buildingId, kindId, since, ct);
        }))!;

    private static async Task<IReadOnlyDictionary<string, decimal>> ReadAsync(
        LogisticsDb db, long buildingId, long kindId, DateOnly since, CancellationToken ct)
    {
        // Without the sum, the database would begin with all bills of the kind instead of those of the building's rooms.
        var billed = db.Bills.AsNoTracking().Where(b => b.FeeKindId + 0 == kindId && b.Kind == BillKind.Regular && b.PeriodLast >= since);
        var usages = await db.Set<Room>().Where(r => r.BuildingId == buildingId)
            .SelectMany(r => billed.Where(b => b.RoomId == r.Id).Select(b => new { b.Period, b.Usage })).ToListAsync(ct);
        return usages.GroupBy(u => u.Period, u => u.Usage).Where(g => g.Count() >= FewestRooms)
            .ToDictionary(g => g.Key, g => MedianOf([.. g.Order()]));
    }

    private static decimal MedianOf(decimal[] ordered) => (ordered[(ordered.Length - 1) / 2] + ordered[ordered.Length / 2]) / 2;
}
