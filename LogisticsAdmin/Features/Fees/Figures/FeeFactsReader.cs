using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Figures;

/// <summary>
/// Reads the bills, payments and debts of a period, each kind of row by few queries for all. What people pay themselves belongs to the room where they
/// lived then.
/// </summary>
internal sealed class FeeFactsReader(LogisticsDb db, OfficeTime office, ReportPeriod period)
{
    private const int Step = 500;

    /// <summary>From so many people on, all stays are read at once.</summary>
    private const int ManyPeople = 2_000;

    private readonly Dictionary<long, FeeFact> _facts = [];

    /// <summary>The rooms in which people lived are asked for at the end, for all rows at once.</summary>
    private readonly List<(long Row, long Person, DateTimeOffset At)> _people = [];

    /// <summary>All rooms with what belongs to them; filled by <see cref="ReadAsync"/>.</summary>
    public IReadOnlyDictionary<long, FeeRoom> Rooms { get; private set; } = new Dictionary<long, FeeRoom>();

    public async Task<IReadOnlyCollection<FeeFact>> ReadAsync(CancellationToken ct)
    {
        var today = office.Today;
        var rooms = db.Set<Room>();
        Rooms = await rooms.AsNoTracking().Select(r => new FeeRoom(r.Id, r.BuildingId, r.Building.CampusId, r.Area)).ToDictionaryAsync(r => r.Id, ct);
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, ct);
        var measured = period.Until.AddMonths(1);
        var unpaid = await UnpaidItems.BeforeAsync(db, period.Until, today, ct);
        var later = period.Until > today ? unpaid : await UnpaidItems.BeforeAsync(db, measured, today, ct);
        var bills = await BillsAsync(ct);
        AddBills(bills, kinds, await PeopleAsync([.. kinds.Values.Where(k => k.IsMetered).Select(k => k.Id)], ct), OwedFor(later), measured);
        await AddPaymentsAsync(ct);
        await AddUnpaidAsync(unpaid, bills.ToDictionary(b => b.Number, b => b.Id), ct);
        await PlacePeopleAsync(ct);
        return _facts.Values;
    }

    private async Task<List<BillFact>> BillsAsync(CancellationToken ct) => await OfPeriod().OrderBy(b => b.Id).Select(b => new BillFact(
        b.Id, b.Number, b.Kind, b.FeeKindId, b.RoomId, b.PersonId, b.First, b.Last, b.At, b.AmountFen, b.VacantFen, b.Usage)).ToListAsync(ct);

    private IQueryable<Bill> OfPeriod()
    {
        var (from, until) = (period.From, period.Until);
        return db.Bills.AsNoTracking().Where(b => b.PeriodLast >= from && b.PeriodLast < until);
    }

    /// <summary>The person days of each metered bill that somebody pays a part of.</summary>
    private async Task<Dictionary<long, int>> PeopleAsync(List<long> metered, CancellationToken ct)
    {
        var shares = db.BillShares;
        return await (
            from bill in OfPeriod()
            where metered.Contains(bill.FeeKindId) && bill.Kind != BillKind.Correction
            join share in shares on bill.Id equals share.BillId
            group share by share.BillId into own
            select new { Id = own.Key, Days = own.Sum(s => s.Days) }).ToDictionaryAsync(b => b.Id, b => b.Days, ct);
    }

    private static Dictionary<string, long> OwedFor(IEnumerable<UnpaidItem> items) =>
        items.Where(i => i.BillNumber is not null).GroupBy(i => i.BillNumber!).ToDictionary(g => g.Key, g => g.Sum(i => i.Fen));

    private void AddBills(
        List<BillFact> bills, Dictionary<long, FeeKind> kinds, Dictionary<long, int> personDays, Dictionary<string, long> owed, DateOnly measured)
    {
        var usage = bills.Where(b => b.Kind != BillKind.Correction && b.RoomId is not null && kinds[b.FeeKindId].IsMetered).ToList();
        // Of a quarter or year a room has several bills, which together are of so many days.
        var days = usage.GroupBy(b => (b.RoomId, b.FeeKindId)).ToDictionary(g => g.Key, g => g.Sum(b => b.Days));
        var first = usage.GroupBy(b => (b.RoomId, b.FeeKindId)).Select(g => g.First().Id).ToHashSet();
        foreach (var bill in bills)
        {
            var charged = bill.AmountFen - bill.VacantFen;
            var isDue = office.DayOf(bill.At) < measured;
            var key = (bill.RoomId, bill.FeeKindId);
            var isUsage = bill.Kind != BillKind.Correction && days.ContainsKey(key);
            var fact = new FeeFact(FeeFact.RowOfBill(bill.Id), bill.At)
            {
                RoomId = bill.RoomId,
                KindId = bill.FeeKindId,
                Bill = bill.Kind,
                ChargedFen = charged,
                VacantFen = bill.VacantFen,
                DueFen = isDue ? charged : null,
                CollectedFen = isDue ? charged - owed.GetValueOrDefault(bill.Number) : null,
                Metered = isUsage ? kinds[bill.FeeKindId].Code : null,
                Usage = bill.Usage,
                People = isUsage && personDays.TryGetValue(bill.Id, out var present) ? decimal.Round(present / (decimal)days[key], 4) : null,
                Area = isUsage && Rooms.GetValueOrDefault(bill.RoomId!.Value)?.Area is { } area ? first.Contains(bill.Id) ? area : 0 : null,
            };
            Add(fact, bill.PersonId);
        }
    }

    /// <summary>What residents paid or got back: only what came from outside, not what moved between accounts.</summary>
    private async Task AddPaymentsAsync(CancellationToken ct)
    {
        var (entries, from, until) = (db.LedgerEntries, period.From, period.Until);
        var paid = await (
            from transaction in db.LedgerTransactions.AsNoTracking()
            where transaction.Day >= @from && transaction.Day < until
                && (transaction.Kind == TransactionKind.TopUp || transaction.Kind == TransactionKind.Refund || transaction.Kind == TransactionKind.Correction)
                && entries.Any(e => e.TransactionId == transaction.Id
                    && (e.Account.Kind == LedgerAccountKind.Gateway || e.Account.Kind == LedgerAccountKind.Cash))
            join entry in entries on transaction.Id equals entry.TransactionId
            where entry.Account.Kind == LedgerAccountKind.Room || entry.Account.Kind == LedgerAccountKind.Person
            select new { entry.Id, entry.AmountFen, entry.Account.RoomId, entry.Account.PersonId, transaction.At, transaction.Kind }).ToListAsync(ct);
        foreach (var entry in paid)
        {
            var fact = new FeeFact(FeeFact.RowOfEntry(entry.Id), entry.At) { RoomId = entry.RoomId };
            // A correction of a payment changes what was received, up or down.
            var isReceived = entry.AmountFen > 0 || entry.Kind == TransactionKind.Correction;
            Add(isReceived ? fact with { ReceivedFen = entry.AmountFen } : fact with { RefundedFen = -entry.AmountFen }, entry.PersonId);
        }
    }

    private async Task AddUnpaidAsync(IReadOnlyList<UnpaidItem> items, Dictionary<string, long> bills, CancellationToken ct)
    {
        foreach (var numbers in items.Select(i => i.BillNumber).OfType<string>().Where(n => !bills.ContainsKey(n)).ToList().Chunk(Step))
        {
            foreach (var bill in await db.Bills.AsNoTracking().Where(b => numbers.Contains(b.Number)).Select(b => new { b.Id, b.Number, b.FeeKindId, b.At })
                         .ToListAsync(ct))
            {
                bills[bill.Number] = bill.Id;
                _facts[FeeFact.RowOfBill(bill.Id)] = new FeeFact(FeeFact.RowOfBill(bill.Id), bill.At) { KindId = bill.FeeKindId };
            }
        }
        foreach (var item in items)
        {
            var ofBill = item.BillNumber is { } number && bills.TryGetValue(number, out var bill) ? FeeFact.RowOfBill(bill) : (long?)null;
            var fact = ofBill is { } id ? _facts.GetValueOrDefault(id) : null;
            // A bill of which who moved out owes a part has a row for each of both debts.
            var row = ofBill is { } own && fact?.Unpaid is null ? own : FeeFact.RowOfEntry(item.EntryId);
            var known = _facts.GetValueOrDefault(row) ?? new FeeFact(row, item.At) { KindId = fact?.KindId };
            Add(known with { RoomId = known.RoomId ?? item.RoomId, Unpaid = item, Age = item.AgeOn(period.Last) }, item.PersonId);
        }
    }

    private void Add(FeeFact fact, long? personId)
    {
        _facts[fact.RowId] = fact;
        if (fact.RoomId is null && personId is { } person) _people.Add((fact.RowId, person, fact.At));
    }

    private async Task PlacePeopleAsync(CancellationToken ct)
    {
        var people = _people.Select(p => p.Person).Distinct().ToList();
        List<(long Person, long Room, DateTimeOffset From)> stays = [];
        foreach (var some in people.Count > ManyPeople ? [null] : people.Chunk(Step).Cast<long[]?>())
        {
            var found = db.Set<Occupancy>().AsNoTracking();
            if (some is not null) found = found.Where(o => some.Contains(o.PersonId));
            stays.AddRange((await found.Select(o => new { o.PersonId, o.RoomId, o.From }).ToListAsync(ct)).Select(o => (o.PersonId, o.RoomId, o.From)));
        }
        var byPerson = stays.OrderBy(s => s.From).ToLookup(s => s.Person);
        foreach (var (row, person, at) in _people)
        {
            var then = byPerson[person].LastOrDefault(s => s.From <= at);
            if (then != default) _facts[row] = _facts[row] with { RoomId = then.Room };
        }
    }

    private sealed record BillFact(
        long Id, string Number, BillKind Kind, long FeeKindId, long? RoomId, long? PersonId, DateOnly First, DateOnly Last, DateTimeOffset At,
        long AmountFen, long VacantFen, decimal Usage)
    {
        public int Days => Last.DayNumber - First.DayNumber + 1;
    }
}
