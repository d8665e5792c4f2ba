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
        var owing = await OwingAsync(db, filter, ct);
        var page = owing.Skip((filter.Page - 1) * ArrearsFilter.PageSize).Take(ArrearsFilter.PageSize).ToList();
        var parts = owing.SelectMany(o => o.Parts).ToList();
        return new ArrearsWindow(
            await RowsAsync(db, page, ct), owing.Count, new Money(parts.Sum(p => p.Fen)),
            Enum.GetValues<ArrearsAge>().ToDictionary(age => age, age => new Money(parts.Where(p => p.AgeOn(office.Today) == age).Sum(p => p.Fen))));
    }

    /// <summary>All accounts in arrears that match the filter, in its order.</summary>
    public async Task<IReadOnlyList<ArrearsRow>> AllAsync(ArrearsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var snapshot = await db.BeginSnapshotAsync(ct);
        return await RowsAsync(db, await OwingAsync(db, filter, ct), ct);
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

    /// <summary>
    /// The accounts that match, in the filter's order, which is the database's where it knows what is sorted by. Charges are read only of accounts on which
    /// something was booked since they were read last.
    /// </summary>
    private async Task<List<Owing>> OwingAsync(LogisticsDb db, ArrearsFilter filter, CancellationToken ct)
    {
        var debts = await Sorted(await DebtorsAsync(db, filter, ct), filter)
            .Select(d => new Debt(d.Id, d.BalanceFen, d.Entries, d.LastEntryAt)).ToListAsync(ct);
        var unpaid = await kept.OfAsync(db, debts, office.Today, ct);
        List<Owing> owing = [];
        foreach (var debt in debts)
        {
            var all = unpaid[debt.AccountId];
            IReadOnlyList<UnpaidPart> parts = filter.KindId is null ? all : [.. all.Where(p => p.KindId == filter.KindId)];
            if (parts.Count > 0 && (filter.Age is not { } age || parts.Any(p => p.AgeOn(office.Today) == age))) owing.Add(new Owing(debt, all, parts));
        }
        return (filter.Sort, filter.Descending) switch
        {
            (ArrearsSort.Oldest, false) => [.. owing.OrderBy(o => o.Parts.Min(p => p.Day))],
            (ArrearsSort.Oldest, true) => [.. owing.OrderByDescending(o => o.Parts.Min(p => p.Day))],
            // Of one kind another part is owed than of all.
            (ArrearsSort.Owed, false) when filter.KindId is not null => [.. owing.OrderBy(o => o.Parts.Sum(p => p.Fen))],
            (ArrearsSort.Owed, true) when filter.KindId is not null => [.. owing.OrderByDescending(o => o.Parts.Sum(p => p.Fen))],
            _ => owing,
        };
    }

    private async Task<IReadOnlyList<ArrearsRow>> RowsAsync(LogisticsDb db, IReadOnlyList<Owing> owing, CancellationToken ct)
    {
        var today = office.Today;
        var terms = await ArrearsReader.TermsAsync(db, ct);
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, k => new LocalName(k.Name, k.NameEn), ct);
        List<ArrearsRow> rows = [];
        foreach (var some in owing.Chunk(Chunk))
        {
            List<long> ids = [.. some.Select(o => o.Of.AccountId)];
            var debtors = await Debtors(db, db.LedgerAccounts.AsNoTracking().Where(a => ids.Contains(a.Id))).ToDictionaryAsync(d => d.Id, ct);
            rows.AddRange(some.Select(o => RowOf(debtors[o.Of.AccountId], o)));
        }
        return rows;

        ArrearsRow RowOf(Debtor account, Owing debt)
        {
            var facts = new ArrearsFacts(account.BalanceFen, KindsOf(debt.All, terms), LastReminder: account.LastReminder);
            return new ArrearsRow(
                account.Id, account.Kind, account.Building, account.Room, account.Person, account.PersonNumber, new Money(debt.Parts.Sum(p => p.Fen)),
                debt.Parts.GroupBy(p => p.AgeOn(today)).ToDictionary(g => g.Key, g => new Money(g.Sum(p => p.Fen))),
                [
                    .. debt.Parts.GroupBy(p => p.KindId).OrderByDescending(g => g.Sum(p => p.Fen))
                        .Select(g => new KindOwed(g.Key, g.Key is { } id ? kinds[id] : null, new Money(g.Sum(p => p.Fen)))),
                ],
                debt.Parts.Min(p => p.Day), account.Reminders, account.LastReminder, ArrearsRule.MayRemindFrom(facts, today) ?? today);
        }
    }

    private static async Task<IQueryable<Debtor>> DebtorsAsync(LogisticsDb db, ArrearsFilter filter, CancellationToken ct)
    {
        var accounts = db.LedgerAccounts.AsNoTracking()
            .Where(a => (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person) && a.BalanceFen < 0);
        if (filter.Text is { } typed)
        {
            var rooms = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => (long?)r.Id).ToList();
            var people = await db.SearchIds<Person>(typed, MostFound).Select(id => (long?)id).ToListAsync(ct);
            accounts = accounts.Where(a => rooms.Contains(a.RoomId) || people.Contains(a.PersonId));
        }
        var debtors = Debtors(db, accounts);
        return filter.BuildingId is { } building ? debtors.Where(d => d.BuildingId == building) : debtors;
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
                Entries = account.Entries,
                LastEntryAt = account.LastEntryAt,
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
        (ArrearsSort.Reminder, false) => debtors.OrderBy(d => d.LastReminder),
        (ArrearsSort.Reminder, true) => debtors.OrderByDescending(d => d.LastReminder),
        (_, false) => debtors.OrderByDescending(d => d.BalanceFen),
        _ => debtors.OrderBy(d => d.BalanceFen),
    }).ThenBy(d => d.Id);

    /// <summary>An account in arrears with what is unpaid, and what of it the filter asks for.</summary>
    private sealed record Owing(Debt Of, IReadOnlyList<UnpaidPart> All, IReadOnlyList<UnpaidPart> Parts);

    private sealed class Debtor
    {
        public long Id { get; init; }
        public LedgerAccountKind Kind { get; init; }
        public long BalanceFen { get; init; }
        public int Entries { get; init; }
        public DateTimeOffset? LastEntryAt { get; init; }
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
