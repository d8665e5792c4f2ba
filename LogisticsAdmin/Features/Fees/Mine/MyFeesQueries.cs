using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Mine;

/// <summary>The fees of the signed-in person: their room's account and their own. Nothing of others.</summary>
public sealed class MyFeesQueries(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, BillQueries bills, BuildingMedians medians, MoveOutQueries moveOuts)
{
    private const int ShownBills = 12;
    private const int PaceDays = 62;
    private const int LongestPace = 3_650;
    private const int ShownMonths = 12;

    public async Task<MyFees> ReadAsync(CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (me, room) = await RoomAsync(db, ct);
        string[] keys = [LedgerAccount.PersonKey(me), LedgerAccount.RoomKey(room?.Id ?? 0)];
        var balances = await db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key)).ToDictionaryAsync(a => a.Key, a => new Money(a.BalanceFen), ct);
        var own = balances.GetValueOrDefault(keys[0]);
        var newest = await bills.MineAsync(ShownBills, ct);
        var statements = await moveOuts.MineAsync(ct);
        if (room is null) return new MyFees(null, null, 0, null, null, own, [], [], newest, statements);
        var (balance, billed) = (balances.GetValueOrDefault(keys[1]), await BilledAsync(db, room.Id, ct));
        var kinds = await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Order).ToListAsync(ct);
        return new MyFees(
            room.Building, room.Code, await db.Users.CountAsync(p => p.RoomId == room.Id && p.RetiredAt == null, ct), balance, PaceOf(balance, billed), own,
            await RatesAsync(db, room, me, kinds, ct), await UsageAsync(db, room, kinds, billed, ct), newest, statements);
    }

    /// <summary>The prices of a kind that applied to the person's room, apply, or will apply.</summary>
    /// <exception cref="NotFound">There is no such kind, or the person has no room.</exception>
    public async Task<MyRateHistory> RateHistoryAsync(long kindId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (me, room) = await RoomAsync(db, ct);
        if (room is null || await db.FeeKinds.AsNoTracking().SingleOrDefaultAsync(k => k.Id == kindId, ct) is not { } kind) throw new NotFound();
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.KindId == kindId && r.WithdrawnAt == null).ToListAsync(ct);
        if (rates.Count == 0) return new MyRateHistory(kind.LocalName, kind.UnitName, []);
        var (byId, today, end) = (rates.ToDictionary(r => r.Id), office.Today, DateOnly.MaxValue);
        var (mine, common) = await GroupsAsync(db, me, room.Id, ct);
        var subject = room.Subject(kind, mine, common);
        List<MyRatePeriod> periods = [];
        foreach (var span in new RateBook(rates.Select(r => r.Fact)).Between(kindId, subject, rates.Min(r => r.FirstDay), end))
        {
            if (span.RateId is not { } id) continue;
            DateOnly? last = span.Last == end ? null : span.Last;
            var first = span.First;
            if (periods is [.., var before] && before.RateId == id && before.Last?.AddDays(1) == first)
            {
                first = before.First;
                periods.RemoveAt(periods.Count - 1);
            }
            periods.Add(new MyRatePeriod(id, first, last, first <= today && !(last < today), span.Rule, byId[id].Reason, byId[id].DocumentNumber));
        }
        return new MyRateHistory(kind.LocalName, kind.UnitName, [.. Enumerable.Reverse(periods)]);
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

    private async Task<(long Me, RoomOfMine? Room)> RoomAsync(LogisticsDb db, CancellationToken ct)
    {
        var me = await db.Users.AsNoTracking().Where(p => p.Id == user.PersonId).Select(p => new { p.Id, p.RoomId }).SingleAsync(ct);
        var rooms = db.Set<Room>();
        return (me.Id, me.RoomId is not { } id ? null : await rooms.AsNoTracking().Where(r => r.Id == id).Select(r => new RoomOfMine(
            r.Id, r.BuildingId, r.Building.CampusId, r.Kind, r.Beds.Count(b => b.RetiredAt == null), new LocalName(r.Building.Name, r.Building.NameEn), r.Code))
            .SingleAsync(ct));
    }

    // What the room was billed in the periods that are shown and a year before.
    private async Task<IReadOnlyList<Billed>> BilledAsync(LogisticsDb db, long roomId, CancellationToken ct)
    {
        var since = SinceShown(office.Today).AddYears(-1);
        var bills = db.Bills.AsNoTracking().Where(b => b.RoomId == roomId && b.PeriodLast >= since).OrderBy(b => b.PeriodFirst);
        return await bills.Select(b => new Billed(
            b.FeeKindId, b.Kind, b.Period, b.PeriodFirst, b.PeriodLast, b.First, b.Last, b.AmountFen - b.VacantFen, b.Usage)).ToListAsync(ct);
    }

    private MyPace? PaceOf(Money credit, IReadOnlyList<Billed> billed)
    {
        var (today, since) = (office.Today, office.Today.AddDays(-PaceDays));
        // Of each kind the daily cost with its corrections, so that kinds that are billed seldom count as much as they cost.
        var daily = billed.Where(b => b.Last >= since).GroupBy(b => b.KindId)
            .Sum(kind => (decimal)kind.Sum(b => b.Fen) / kind.DistinctBy(b => b.Period).Sum(b => b.Last.DayNumber - b.First.DayNumber + 1));
        if (daily <= 0) return credit.Fen <= 0 ? new MyPace(0, Money.Zero, today) : null;
        var days = (int)Math.Clamp(credit.Fen / daily, 0, LongestPace);
        return new MyPace(days, Money.Round(daily / 100), today.AddDays(days));
    }

    private async Task<IReadOnlyList<MyRate>> RatesAsync(LogisticsDb db, RoomOfMine room, long me, List<FeeKind> kinds, CancellationToken ct)
    {
        var today = office.Today;
        var rates = await db.FeeRates.AsNoTracking().Where(r => r.WithdrawnAt == null).ToListAsync(ct);
        var (mine, common) = await GroupsAsync(db, me, room.Id, ct);
        var book = new RateBook(rates.Select(r => r.Fact));
        List<MyRate> found = [];
        foreach (var kind in kinds)
        {
            if (book.At(kind.Id, room.Subject(kind, mine, common), today) is not { } rate) continue;
            var document = rates.Single(r => r.Id == rate.Id).DocumentNumber;
            found.Add(new MyRate(kind.Id, kind.LocalName, kind.UnitName, rate.Rule.Steps[0].Price, rate.Rule.Steps.Count, rate.FirstDay, document));
        }
        return found;
    }

    // The person's groups, and those of everybody in the room, whose prices apply to what the room pays.
    private async Task<(IReadOnlyList<long> Mine, IReadOnlyList<long> Common)> GroupsAsync(LogisticsDb db, long me, long roomId, CancellationToken ct)
    {
        var today = office.Today;
        var people = await db.Users.Where(p => p.RoomId == roomId && p.RetiredAt == null).Select(p => p.Id).ToListAsync(ct);
        var members = await db.ResidentGroupMembers.AsNoTracking()
            .Where(m => EF.Parameter(people).Contains(m.PersonId) && m.FirstDay <= today && (m.LastDay == null || m.LastDay >= today))
            .Select(m => new { m.PersonId, m.GroupId }).ToListAsync(ct);
        var byGroup = members.ToLookup(m => m.GroupId, m => m.PersonId);
        return (
            [.. byGroup.Where(g => g.Contains(me)).Select(g => g.Key)],
            [.. byGroup.Where(g => g.Distinct().Count() == people.Count).Select(g => g.Key)]);
    }

    private async Task<IReadOnlyList<MyUsage>> UsageAsync(
        LogisticsDb db, RoomOfMine room, List<FeeKind> kinds, IReadOnlyList<Billed> billed, CancellationToken ct)
    {
        List<MyUsage> found = [];
        foreach (var kind in kinds.Where(k => k.Measure == FeeMeasure.Meter))
        {
            List<Billed> own = [.. billed.Where(b => b.KindId == kind.Id && b.Kind == BillKind.Regular)];
            if (own.Count == 0) continue;
            var since = SinceShown(own[^1].PeriodLast);
            var all = await medians.FindAsync(db, room.BuildingId, kind.Id, since, ct);
            var earlier = own.ToLookup(b => b.PeriodFirst);
            found.Add(new MyUsage(kind.Id, kind.LocalName, kind.UnitName,
            [
                .. own.Where(b => b.PeriodLast >= since).Select(b => new MyUsagePeriod(
                    b.Period, b.Usage, earlier[b.PeriodFirst.AddYears(-1)].FirstOrDefault()?.Usage,
                    all.TryGetValue(b.Period, out var median) ? median : null)),
            ]));
        }
        return found;
    }

    private static DateOnly SinceShown(DateOnly last) => new DateOnly(last.Year, last.Month, 1).AddMonths(1 - ShownMonths);

    private sealed record Billed(
        long KindId, BillKind Kind, string Period, DateOnly PeriodFirst, DateOnly PeriodLast, DateOnly First, DateOnly Last, long Fen, decimal Usage);

    private sealed record RoomOfMine(long Id, long BuildingId, long CampusId, RoomKind Kind, int Beds, LocalName Building, string Code)
    {
        public RateSubject Subject(FeeKind kind, IReadOnlyList<long> mine, IReadOnlyList<long> common) =>
            new(kind.Payer == FeePayer.Person ? mine : common, Kind, Beds, BuildingId, CampusId);
    }
}
