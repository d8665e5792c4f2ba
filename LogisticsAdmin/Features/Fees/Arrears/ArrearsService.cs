using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The accounts in arrears, and reminders that somebody of the office sends. Anyone else is refused as if there were none.</summary>
internal sealed class ArrearsService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, ArrearsNotices notices, UnpaidCache kept, OfficeTime office)
{
    private const int MostFound = 500, Chunk = 500;

    /// <summary>A window of <see cref="ArrearsFilter.PageSize"/> accounts, how many match, and what they owe together.</summary>
    public async Task<ArrearsWindow> ListAsync(ArrearsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        var (debts, today) = (await DebtsAsync(db, filter, ct), office.Today);
        var page = await SortedAsync(db, filter, debts, (filter.Page - 1) * ArrearsFilter.PageSize, ArrearsFilter.PageSize, ct);
        return new ArrearsWindow(
            await RowsAsync(db, page, ct), debts.Count, debts.Sum(d => d.Owed),
            debts.SelectMany(d => d.Parts).GroupBy(p => p.AgeOn(today)).ToDictionary(g => g.Key, g => new Money(g.Sum(p => p.Fen))));
    }

    /// <summary>All accounts in arrears that match the filter, in its order.</summary>
    public async Task<IReadOnlyList<ArrearsRow>> AllAsync(ArrearsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        return await RowsAsync(db, await SortedAsync(db, filter, await DebtsAsync(db, filter, ct), 0, int.MaxValue, ct), ct);
    }

    /// <summary>The kinds in use, to filter by.</summary>
    public async Task<IReadOnlyList<ArrearsChoice>> KindsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FeeKinds.AsNoTracking().Where(k => k.RetiredAt == null).OrderBy(k => k.Order)
            .Select(k => new ArrearsChoice(k.Id, new LocalName(k.Name, k.NameEn))).ToListAsync(ct);
    }

    /// <summary>The buildings, to filter by.</summary>
    public async Task<IReadOnlyList<ArrearsChoice>> BuildingsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Buildings.AsNoTracking().Where(b => b.RetiredAt == null).OrderBy(b => b.Code)
            .Select(b => new ArrearsChoice(b.Id, new LocalName(b.Name, b.NameEn))).ToListAsync(ct);
    }

    /// <summary>
    /// Reminds everybody who pays into an account that owes something. Refused before the cool-down since the last reminder is over, whoever sent that,
    /// and where nobody is left to remind.
    /// </summary>
    public async Task RemindAsync(long accountId, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            user.Actor.DemandFees();
            var today = office.Today;
            var account = await db.LedgerAccounts.AsNoTracking().SingleOrDefaultAsync(
                a => a.Id == accountId && (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person), token) ?? throw new NotFound();
            var facts = (await ArrearsReader.FactsAsync(db, [account], await ArrearsReader.TermsAsync(db, token), today, token))[accountId];
            if (ArrearsRule.MayRemindFrom(facts, today) is not { } from) throw Rejected.Because<ArrearsText>("NothingOwed");
            if (from > today) throw Rejected.Because<ArrearsText>("RemindedAlready", from.ToString("yyyy-MM-dd", null));
            List<long> people = [.. (await ArrearsNotices.PayersAsync(db, [account], token))[accountId]];
            if (people.Count == 0) throw Rejected.Because<ArrearsText>("NobodyToRemind");
            var places = await ArrearsNotices.PlacesAsync(db, account.RoomId is { } room ? [room] : [], token);
            notices.Remind(db, account, FeeNoticeKind.Arrears, people, places.Values.FirstOrDefault());
        }, ct);
    }

    private static IReadOnlyList<KindFacts> KindsOf(IReadOnlyList<UnpaidPart> parts, IReadOnlyDictionary<long, ArrearsTerms> terms) =>
    [
        .. parts.Where(p => p.KindId is { } kind && terms.ContainsKey(kind)).GroupBy(p => p.KindId!.Value)
            .Select(g => new KindFacts(g.Key, terms[g.Key], g.Sum(p => p.Fen), g.Min(p => p.Day))),
    ];

    // What is owed is known; the database is asked only for the accounts of words and of a building.
    private async Task<List<Debt>> DebtsAsync(LogisticsDb db, ArrearsFilter filter, CancellationToken ct)
    {
        var today = office.Today;
        var all = await kept.ReadAsync(db, today, ct);
        var found = all.Values;
        if (filter.Text is not null || filter.BuildingId is not null)
            found = (await FoundAsync(db, filter, ct)).Where(all.ContainsKey).Select(id => all[id]);
        List<Debt> debts = [];
        foreach (var debt in found)
        {
            IReadOnlyList<UnpaidPart> parts = filter.KindId is null ? debt.All : [.. debt.All.Where(p => p.KindId == filter.KindId)];
            if (parts.Count == 0 || (filter.Age is { } age && !parts.Any(p => p.AgeOn(today) == age))) continue;
            debts.Add(filter.KindId is null ? debt : new Debt(debt.AccountId, debt.All, parts));
        }
        return debts;
    }

    /// <summary>Some of the debts in the filter's order: by what is owed and since when as it is known, by anything else as the database sorts it.</summary>
    private static async Task<IReadOnlyList<Debt>> SortedAsync(
        LogisticsDb db, ArrearsFilter filter, List<Debt> debts, int skip, int take, CancellationToken ct)
    {
        switch (filter.Sort, filter.Descending)
        {
            case (ArrearsSort.Owed, false): return Part(debts.OrderBy(d => d.Owed));
            case (ArrearsSort.Owed, true): return Part(debts.OrderByDescending(d => d.Owed));
            case (ArrearsSort.Oldest, false): return Part(debts.OrderBy(d => d.Oldest).ThenByDescending(d => d.Owed));
            case (ArrearsSort.Oldest, true): return Part(debts.OrderByDescending(d => d.Oldest).ThenByDescending(d => d.Owed));
        }
        var owing = Owing(db);
        if (filter.IsFiltered)
        {
            var ids = debts.ConvertAll(d => d.AccountId);
            owing = owing.Where(a => EF.Parameter(ids).Contains(a.Id));
        }
        var sorted = await Sorted(Debtors(db, owing), filter).Skip(skip).Take(take).Select(d => d.Id).ToListAsync(ct);
        var known = debts.ToDictionary(d => d.AccountId);
        return [.. sorted.Where(known.ContainsKey).Select(id => known[id])];

        List<Debt> Part(IOrderedEnumerable<Debt> all) => [.. all.ThenBy(d => d.AccountId).Skip(skip).Take(take)];
    }

    private async Task<IReadOnlyList<ArrearsRow>> RowsAsync(LogisticsDb db, IReadOnlyList<Debt> debts, CancellationToken ct)
    {
        var today = office.Today;
        var terms = await ArrearsReader.TermsAsync(db, ct);
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, k => new LocalName(k.Name, k.NameEn), ct);
        List<ArrearsRow> rows = [];
        foreach (var some in debts.Chunk(Chunk))
        {
            List<long> ids = [.. some.Select(d => d.AccountId)];
            var debtors = await Debtors(db, db.LedgerAccounts.AsNoTracking().Where(a => EF.Parameter(ids).Contains(a.Id))).ToDictionaryAsync(d => d.Id, ct);
            rows.AddRange(some.Select(d => RowOf(debtors[d.AccountId], d)));
        }
        return rows;

        ArrearsRow RowOf(Debtor account, Debt debt)
        {
            var facts = new ArrearsFacts(account.BalanceFen, KindsOf(debt.All, terms), LastReminder: account.LastReminder);
            return new ArrearsRow(
                account.Id, account.Kind, account.Building, account.Room, account.Person, account.PersonNumber, debt.Owed,
                debt.Parts.GroupBy(p => p.AgeOn(today)).ToDictionary(g => g.Key, g => new Money(g.Sum(p => p.Fen))),
                [
                    .. debt.Parts.GroupBy(p => p.KindId).OrderByDescending(g => g.Sum(p => p.Fen))
                        .Select(g => new KindOwed(g.Key, g.Key is { } id ? kinds[id] : null, new Money(g.Sum(p => p.Fen)))),
                ],
                debt.Oldest, account.Reminders, account.LastReminder, ArrearsRule.MayRemindFrom(facts, today) ?? today);
        }
    }

    private static IQueryable<LedgerAccount> Owing(LogisticsDb db) => db.LedgerAccounts.AsNoTracking()
        .Where(a => (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person) && a.BalanceFen < 0);

    // The accounts of the filter's words and building.
    private static async Task<List<long>> FoundAsync(LogisticsDb db, ArrearsFilter filter, CancellationToken ct)
    {
        var accounts = Owing(db);
        if (filter.Text is { } typed)
        {
            var rooms = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => r.Id).ToList();
            var people = await db.SearchIds<Person>(typed, MostFound).ToListAsync(ct);
            accounts = accounts.Where(a => (a.RoomId != null && EF.Parameter(rooms).Contains(a.RoomId.Value))
                || (a.PersonId != null && EF.Parameter(people).Contains(a.PersonId.Value)));
        }
        var debtors = Debtors(db, accounts);
        if (filter.BuildingId is { } building) debtors = debtors.Where(d => d.BuildingId == building);
        return await debtors.Select(d => d.Id).ToListAsync(ct);
    }

    // A person's account stands with the room where they live.
    private static IQueryable<Debtor> Debtors(LogisticsDb db, IQueryable<LedgerAccount> accounts)
    {
        var reminders = db.FeeNotices.Where(n => n.Kind == FeeNoticeKind.Arrears);
        return
            from account in accounts
            join p in db.Users on account.PersonId equals p.Id into persons
            from person in persons.DefaultIfEmpty()
            join r in db.Rooms on account.RoomId ?? person.RoomId equals r.Id into homes
            from room in homes.DefaultIfEmpty()
            select new Debtor
            {
                Id = account.Id,
                Kind = account.Kind,
                BalanceFen = account.BalanceFen,
                BuildingId = room == null ? null : (long?)room.BuildingId,
                Building = room == null ? null : new LocalName(room.Building.Name, room.Building.NameEn),
                RoomCode = room == null ? "" : room.Code,
                Room = account.RoomId == null ? null : room.Code,
                Person = person == null ? null : person.FullName,
                PersonNumber = person == null ? null : person.Number,
                Reminders = reminders.Count(n => n.AccountId == account.Id),
                LastReminder = reminders.Where(n => n.AccountId == account.Id).Max(n => (DateOnly?)n.Day),
            };
    }

    private static IQueryable<Debtor> Sorted(IQueryable<Debtor> debtors, ArrearsFilter filter) => ((filter.Sort, filter.Descending) switch
    {
        (ArrearsSort.Owner, false) => debtors.OrderBy(d => d.Kind).ThenBy(d => d.BuildingId).ThenBy(d => d.RoomCode.Length).ThenBy(d => d.RoomCode)
            .ThenBy(d => d.PersonNumber),
        (ArrearsSort.Owner, true) => debtors.OrderByDescending(d => d.Kind).ThenByDescending(d => d.BuildingId).ThenByDescending(d => d.RoomCode.Length)
            .ThenByDescending(d => d.RoomCode).ThenByDescending(d => d.PersonNumber),
        (_, false) => debtors.OrderBy(d => d.LastReminder),
        _ => debtors.OrderByDescending(d => d.LastReminder),
    }).ThenBy(d => d.Id);

    private sealed class Debtor
    {
        public long Id { get; init; }
        public LedgerAccountKind Kind { get; init; }
        public long BalanceFen { get; init; }
        public long? BuildingId { get; init; }
        public LocalName? Building { get; init; }
        public string RoomCode { get; init; } = "";
        public string? Room { get; init; }
        public string? Person { get; init; }
        public string? PersonNumber { get; init; }
        public int Reminders { get; init; }
        public DateOnly? LastReminder { get; init; }
    }
}
