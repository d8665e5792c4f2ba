using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Reads bills: the office all of them, residents those that they pay a part of.</summary>
public sealed class BillQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>A window of <see cref="BillFilter.PageSize"/> bills, their number and their sum.</summary>
    public async Task<BillWindow> ListAsync(BillFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        var bills = Filtered(db, filter);
        var totals = await bills.GroupBy(_ => 1).Select(g => new { Count = g.Count(), Fen = g.Sum(b => b.AmountFen) }).SingleOrDefaultAsync(ct);
        var skip = (filter.Page - 1) * BillFilter.PageSize;
        var items = await Rows(db, Sorted(bills, filter).Skip(skip).Take(BillFilter.PageSize)).ToListAsync(ct);
        return new BillWindow(items, totals?.Count ?? 0, new Money(totals?.Fen ?? 0));
    }

    /// <summary>All bills of the filter, in its order.</summary>
    public async Task<IReadOnlyList<BillRow>> AllAsync(BillFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Rows(db, Sorted(Filtered(db, filter), filter)).ToListAsync(ct);
    }

    /// <summary>The newest bills that the signed-in person pays a part of.</summary>
    public async Task<IReadOnlyList<BillRow>> MineAsync(int take, CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = LedgerAccount.PersonKey(me);
        var own = await db.Bills.Where(b => b.Subject == key).OrderByDescending(b => b.Id).Take(take).Select(b => b.Id).ToListAsync(ct);
        var shared = await db.BillShares.Where(s => s.PersonId == me).OrderByDescending(s => s.BillId).Take(take).Select(s => s.BillId).ToListAsync(ct);
        List<long> newest = [.. own.Union(shared).OrderDescending().Take(take)];
        return await Rows(db, db.Bills.AsNoTracking().Where(b => newest.Contains(b.Id)).OrderByDescending(b => b.Id)).ToListAsync(ct);
    }

    /// <summary>One bill with its proof.</summary>
    /// <exception cref="NotFound">Also for residents who pay no part of it.</exception>
    public async Task<BillView> FindAsync(long id, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var seen = user.Actor.IsOffice ? db.Bills : OfPerson(db, user.PersonId);
        var bill = await seen.AsNoTracking().SingleOrDefaultAsync(b => b.Id == id, ct) ?? throw new NotFound();
        var row = (await Rows(db, db.Bills.Where(b => b.Id == id)).ToListAsync(ct)).Single();
        var proof = BillProof.Parse(bill.Proof);
        List<long> rates = [.. proof.Rates.Select(r => r.RateId).OfType<long>()];
        var people = db.Users;
        var shares = await db.BillShares.AsNoTracking().Where(s => s.BillId == id).Join(people, s => s.PersonId, p => p.Id,
            (s, p) => new ShareRow(p.Id, p.FullName, s.Days, new Money(s.AmountFen))).ToListAsync(ct);
        return new BillView(
            row, bill.First, bill.Last, proof, [.. shares.OrderByDescending(s => s.Days).ThenBy(s => s.PersonId)],
            await db.FeeRates.AsNoTracking().Where(r => rates.Contains(r.Id))
                .ToDictionaryAsync(r => r.Id, r => new BillRate(r.FirstDay, r.Scope, r.DocumentNumber), ct),
            await Rows(db, db.Bills.Where(b => b.CorrectsId == id).OrderBy(b => b.Id)).ToListAsync(ct), bill.RoomId);
    }

    private static IQueryable<Bill> OfPerson(LogisticsDb db, long personId) =>
        db.Bills.AsNoTracking().Where(b => b.PersonId == personId || b.Shares.Any(s => s.PersonId == personId));

    private static IQueryable<Bill> Filtered(LogisticsDb db, BillFilter filter)
    {
        var bills = db.Bills.AsNoTracking();
        if (filter.KindId is { } kind) bills = bills.Where(b => b.FeeKindId == kind);
        if (filter.Period is { } period) bills = bills.Where(b => b.Period == period);
        if (filter.Text is not { } text) return bills;
        var (rooms, people, pattern) = (db.Set<Room>(), db.Users, LikePattern.Containing(text));
        return bills.Where(b => b.Number == text
            || rooms.Any(r => r.Id == b.RoomId && EF.Functions.Like(r.Building.Name + " " + r.Code, pattern, LikePattern.Escape))
            || people.Any(p => p.Id == b.PersonId && EF.Functions.Like(p.FullName, pattern, LikePattern.Escape)));
    }

    private static IQueryable<Bill> Sorted(IQueryable<Bill> bills, BillFilter filter) => ((filter.Sort, filter.Descending) switch
    {
        (BillSort.Amount, false) => bills.OrderBy(b => b.AmountFen),
        (BillSort.Amount, true) => bills.OrderByDescending(b => b.AmountFen),
        (BillSort.Usage, false) => bills.OrderBy(b => b.Usage),
        (BillSort.Usage, true) => bills.OrderByDescending(b => b.Usage),
        (BillSort.Period, false) => bills.OrderBy(b => b.Period),
        (BillSort.Period, true) => bills.OrderByDescending(b => b.Period),
        (_, true) => bills.OrderBy(b => b.Id),
        _ => bills.OrderByDescending(b => b.Id),
    }).ThenByDescending(b => b.Id);

    private static IQueryable<BillRow> Rows(LogisticsDb db, IQueryable<Bill> bills)
    {
        var (kinds, rooms, people) = (db.FeeKinds, db.Set<Room>(), db.Users);
        return
            from bill in bills
            join kind in kinds on bill.FeeKindId equals kind.Id
            join r in rooms on bill.RoomId equals r.Id into theirs
            from room in theirs.DefaultIfEmpty()
            join p in people on bill.PersonId equals p.Id into payers
            from person in payers.DefaultIfEmpty()
            select new BillRow(
                bill.Id, bill.Number, bill.Kind, new LocalName(kind.Name, kind.NameEn), new LocalName(kind.Unit, kind.UnitEn), bill.Period,
                room == null ? null : new LocalName(room.Building.Name, room.Building.NameEn), room == null ? null : room.Code,
                person == null ? null : person.FullName, bill.Usage, new Money(bill.AmountFen), new Money(bill.VacantFen), bill.IsEstimate, bill.At);
    }
}
