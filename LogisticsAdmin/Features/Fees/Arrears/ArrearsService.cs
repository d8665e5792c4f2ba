using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The accounts in arrears, and reminders that somebody of the office sends. Anyone else is refused as if there were none.</summary>
public sealed class ArrearsService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, ArrearsNotices notices, OfficeTime office)
{
    private const int MostFound = 500;

    /// <summary>A window of <see cref="ArrearsFilter.PageSize"/> accounts, how many match, and what they owe together.</summary>
    public async Task<ArrearsWindow> ListAsync(ArrearsFilter filter, CancellationToken ct = default)
    {
        var all = await AllAsync(filter, ct);
        return new ArrearsWindow(
            [.. all.Skip((filter.Page - 1) * ArrearsFilter.PageSize).Take(ArrearsFilter.PageSize)], all.Count, all.Sum(r => r.Owed),
            Enum.GetValues<ArrearsAge>().ToDictionary(age => age, age => all.Sum(r => r.Of(age))));
    }

    /// <summary>All accounts in arrears that match the filter, in its order.</summary>
    public async Task<IReadOnlyList<ArrearsRow>> AllAsync(ArrearsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandFees();
        var today = office.Today;
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await DebtorsAsync(db, filter, ct);
        var unpaid = await ArrearsReader.UnpaidAsync(db, found.Select(f => (f.Id, f.BalanceFen)), ct);
        var terms = await ArrearsReader.TermsAsync(db, ct);
        var kinds = await db.FeeKinds.AsNoTracking().ToDictionaryAsync(k => k.Id, k => new LocalName(k.Name, k.NameEn), ct);
        var reminders = await RemindersAsync(db, [.. found.Select(f => f.Id)], ct);
        List<ArrearsRow> rows = [];
        foreach (var account in found)
        {
            var all = unpaid[account.Id];
            List<UnpaidPart> parts = [.. all.Where(p => filter.KindId is null || p.KindId == filter.KindId)];
            if (parts.Count == 0 || (filter.Age is { } age && !parts.Exists(p => p.AgeOn(today) == age))) continue;
            var (sent, last) = reminders.GetValueOrDefault(account.Id);
            var facts = new ArrearsFacts(account.BalanceFen, KindsOf(all, terms), LastReminder: last);
            rows.Add(new ArrearsRow(
                account.Id, account.Kind, account.Building, account.Room, account.Person, account.PersonNumber, new Money(parts.Sum(p => p.Fen)),
                parts.GroupBy(p => p.AgeOn(today)).ToDictionary(g => g.Key, g => new Money(g.Sum(p => p.Fen))),
                [
                    .. parts.GroupBy(p => p.KindId).OrderByDescending(g => g.Sum(p => p.Fen))
                        .Select(g => new KindOwed(g.Key, g.Key is { } id ? kinds[id] : null, new Money(g.Sum(p => p.Fen)))),
                ],
                parts.Min(p => p.Day), sent, last, ArrearsRule.MayRemindFrom(facts, today) ?? today));
        }
        return Sorted(rows, filter);
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

    private static async Task<Dictionary<long, (int Sent, DateOnly? Last)>> RemindersAsync(LogisticsDb db, IReadOnlyList<long> ids, CancellationToken ct)
    {
        Dictionary<long, (int, DateOnly?)> found = [];
        foreach (var some in ids.Chunk(500))
        {
            var sent = await db.FeeNotices.AsNoTracking().Where(n => n.Kind == FeeNoticeKind.Arrears && some.Contains(n.AccountId))
                .GroupBy(n => n.AccountId).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(n => n.Day) }).ToListAsync(ct);
            foreach (var one in sent) found[one.Key] = (one.Count, one.Last);
        }
        return found;
    }

    private static async Task<IReadOnlyList<Debtor>> DebtorsAsync(LogisticsDb db, ArrearsFilter filter, CancellationToken ct)
    {
        var accounts = db.LedgerAccounts.AsNoTracking()
            .Where(a => (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person) && a.BalanceFen < 0);
        if (filter.Text is { } typed)
        {
            var rooms = (await db.FindRoomsAsync(typed, MostFound, ct)).Select(r => (long?)r.Id).ToList();
            var people = await db.SearchIds<Person>(typed, MostFound).Select(id => (long?)id).ToListAsync(ct);
            accounts = accounts.Where(a => rooms.Contains(a.RoomId) || people.Contains(a.PersonId));
        }
        // A person's account stands with the room where they live.
        var joined =
            from account in accounts
            join p in db.Users on account.PersonId equals p.Id into persons
            from person in persons.DefaultIfEmpty()
            join r in db.Rooms on account.RoomId ?? person.RoomId equals r.Id into homes
            from room in homes.DefaultIfEmpty()
            where filter.BuildingId == null || room.BuildingId == filter.BuildingId
            select new Debtor
            {
                Id = account.Id,
                Kind = account.Kind,
                BalanceFen = account.BalanceFen,
                Building = room == null ? null : new LocalName(room.Building.Name, room.Building.NameEn),
                Room = account.RoomId == null ? null : room.Code,
                Person = person == null ? null : person.FullName,
                PersonNumber = person == null ? null : person.Number,
            };
        return await joined.ToListAsync(ct);
    }

    private static IReadOnlyList<ArrearsRow> Sorted(List<ArrearsRow> rows, ArrearsFilter filter)
    {
        var sorted = (filter.Sort, filter.Descending) switch
        {
            (ArrearsSort.Oldest, false) => rows.OrderBy(r => r.Oldest),
            (ArrearsSort.Oldest, true) => rows.OrderByDescending(r => r.Oldest),
            (ArrearsSort.Owner, false) => rows.OrderBy(r => r.Owner, StringComparer.CurrentCulture),
            (ArrearsSort.Owner, true) => rows.OrderByDescending(r => r.Owner, StringComparer.CurrentCulture),
            (ArrearsSort.Reminder, false) => rows.OrderBy(r => r.LastReminder),
            (ArrearsSort.Reminder, true) => rows.OrderByDescending(r => r.LastReminder),
            (_, false) => rows.OrderBy(r => r.Owed),
            _ => rows.OrderByDescending(r => r.Owed),
        };
        return [.. sorted.ThenBy(r => r.AccountId)];
    }

    private sealed class Debtor
    {
        public long Id { get; init; }
        public LedgerAccountKind Kind { get; init; }
        public long BalanceFen { get; init; }
        public LocalName? Building { get; init; }
        public string? Room { get; init; }
        public string? Person { get; init; }
        public string? PersonNumber { get; init; }
    }
}
