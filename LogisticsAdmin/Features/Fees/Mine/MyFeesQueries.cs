using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>The fees of the signed-in person: their room's account and their own. Nothing of others.</summary>
public sealed class MyFeesQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, BillQueries bills)
{
    private const int ShownBills = 12;
    private const int PaceDays = 62;

    public async Task<MyFees> ReadAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var me = await db.Users.AsNoTracking().Where(p => p.Id == user.PersonId).Select(p => new { p.Id, p.RoomId }).SingleAsync(ct);
        var rooms = db.Set<Room>();
        var room = me.RoomId is not { } id ? null : await rooms.AsNoTracking().Where(r => r.Id == id).Select(r => new RoomOfMine(
            r.Id, r.BuildingId, r.Building.CampusId, r.Kind, r.Beds.Count(b => b.RetiredAt == null), new LocalName(r.Building.Name, r.Building.NameEn), r.Code))
            .SingleAsync(ct);
        string[] keys = [LedgerAccount.PersonKey(me.Id), LedgerAccount.RoomKey(me.RoomId ?? 0)];
        var balances = await db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key)).ToDictionaryAsync(a => a.Key, a => new Money(a.BalanceFen), ct);
        Money? balance = room is null ? null : balances.GetValueOrDefault(keys[1]);
        return new MyFees(
            room?.Building, room?.Code, room is null ? 0 : await db.Users.CountAsync(p => p.RoomId == room.Id && p.RetiredAt == null, ct),
            balance, balance is { } credit ? await DaysLeftAsync(db, room!.Id, credit, ct) : null, balances.GetValueOrDefault(keys[0]),
            await RatesAsync(db, room, me.Id, ct), room is null ? [] : await UsageAsync(db, room, ct), await bills.MineAsync(ShownBills, ct));
    }

    /// <summary>A bill that the person pays a part of.</summary>
    /// <exception cref="NotFound">Any other bill.</exception>
    public async Task<(BillView Bill, long PersonId)> BillAsync(long id, CancellationToken ct = default)
    {
        var me = user.PersonId;
        var bill = await bills.FindAsync(id, ct);
        // Office people see every bill elsewhere; here everybody sees their own.
        return bill.Shares.Any(s => s.PersonId == me) ? (bill, me) : throw new NotFound();
    }

    private async Task<int?> DaysLeftAsync(LogisticsDb db, long roomId, Money credit, CancellationToken ct)
    {
        if (credit.Fen <= 0) return 0;
        var since = office.Today.AddDays(-PaceDays);
        var recent = await db.Bills.AsNoTracking().Where(b => b.RoomId == roomId && b.Kind == BillKind.Regular && b.Last >= since)
            .Select(b => new { b.FeeKindId, b.First, b.Last, Fen = b.AmountFen - b.VacantFen }).ToListAsync(ct);
        // Of each kind the daily cost, so that kinds that are billed seldom count as much as they cost.
        var daily = recent.GroupBy(b => b.FeeKindId)
            .Sum(kind => (decimal)kind.Sum(b => b.Fen) / kind.Sum(b => b.Last.DayNumber - b.First.DayNumber + 1));
        return daily <= 0 ? null : (int)Math.Min(3_650, credit.Fen / daily);
    }

    private async Task<IReadOnlyList<MyRate>> RatesAsync(LogisticsDb db, RoomOfMine? room, long me, CancellationToken ct)
    {
        if (room is null) return [];
        var (kinds, today) = (await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Order).ToListAsync(ct), office.Today);
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.WithdrawnAt == null).ToListAsync(ct);
        var groups = await db.ResidentGroupMembers.AsNoTracking()
            .Where(m => m.PersonId == me && m.FirstDay <= today && (m.LastDay == null || m.LastDay >= today)).Select(m => m.GroupId).ToListAsync(ct);
        var book = new RateBook(rates.Select(r => r.Fact));
        List<MyRate> found = [];
        foreach (var kind in kinds)
        {
            var subject = new RateSubject(kind.Payer == FeePayer.Person ? groups : [], room.Kind, room.Beds, room.BuildingId, room.CampusId);
            if (book.At(kind.Id, subject, today) is not { } rate) continue;
            var document = rates.Single(r => r.Id == rate.Id).DocumentNumber;
            found.Add(new MyRate(kind.Id, kind.LocalName, kind.UnitName, rate.Rule.Steps[0].Price, rate.Rule.Steps.Count, rate.FirstDay, document));
        }
        return found;
    }

    private static async Task<IReadOnlyList<MyUsage>> UsageAsync(LogisticsDb db, RoomOfMine room, CancellationToken ct)
    {
        var rooms = db.Set<Room>();
        List<MyUsage> found = [];
        var metered = db.FeeKinds.AsNoTracking().Where(k => k.Measure == FeeMeasure.Meter && k.RetiredAt == null);
        foreach (var kind in await metered.OrderBy(k => k.Order).ToListAsync(ct))
        {
            var own = db.Bills.AsNoTracking().Where(b => b.FeeKindId == kind.Id && b.Kind == BillKind.Regular && b.RoomId == room.Id);
            var newest = await own.OrderByDescending(b => b.Id).Select(b => new { b.Period, b.Usage }).FirstOrDefaultAsync(ct);
            if (newest is null) continue;
            var before = FeePeriod.Parse(newest.Period)?.First.AddYears(-1).ToString("yyyy-MM", CultureInfo.InvariantCulture);
            var lastYear = await own.Where(b => b.Period == before).Select(b => (decimal?)b.Usage).FirstOrDefaultAsync(ct);
            var billed = db.Bills.AsNoTracking().Where(b => b.FeeKindId == kind.Id && b.Kind == BillKind.Regular && b.Period == newest.Period);
            // Looked up room by room: as a join, the database would begin with all bills of the period.
            var usages = await rooms.Where(r => r.BuildingId == room.BuildingId)
                .Select(r => billed.Where(b => b.RoomId == r.Id).Select(b => (decimal?)b.Usage).FirstOrDefault()).ToListAsync(ct);
            List<decimal> all = [.. usages.OfType<decimal>().Order()];
            decimal? median = all.Count < 3 ? null : (all[(all.Count - 1) / 2] + all[all.Count / 2]) / 2;
            found.Add(new MyUsage(kind.LocalName, kind.UnitName, newest.Period, newest.Usage, lastYear, median));
        }
        return found;
    }

    private sealed record RoomOfMine(long Id, long BuildingId, long CampusId, RoomKind Kind, int Beds, LocalName Building, string Code);
}
