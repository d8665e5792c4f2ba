using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Books the credits of rooms whose leak is not repaired in time: one for each room and day, from what the institution pays itself. What a ticket
/// earned that is then rejected, cancelled, grouped, or corrected to another room or to no leak is booked back.
/// </summary>
internal sealed class LeakCredits(IDbContextFactory<LogisticsDb> databases, LedgerWriter ledger, OfficeTime office)
{
    private const int Batch = 100;

    /// <summary>A repair is looked at for so long after it, in case the app did not run on its last day.</summary>
    private static readonly TimeSpan Looks = TimeSpan.FromDays(7);

    private static readonly TicketStatus[] Repaired = [TicketStatus.Completed, TicketStatus.Closed];
    private static readonly TicketStatus[] Nothing = [TicketStatus.Rejected, TicketStatus.Cancelled, TicketStatus.Grouped];

    public async Task RunAsync(CancellationToken ct = default)
    {
        await TakeBackAsync(ct);
        await using var read = await databases.CreateDbContextAsync(ct);
        if (await read.LeakSettings.AsNoTracking().SingleOrDefaultAsync(ct) is not { IsOn: true } setting) return;
        var leaks = await Leaks(read, setting, office.Now - Looks).ToListAsync(ct);
        // People live there: a corridor has no account.
        var rooms = leaks.Select(l => l.RoomId).Distinct().ToList();
        var lived = await ArrearsNotices.ResidentsAsync(read, rooms, ct);
        var booked = await BookedAsync(read, rooms, ct);
        foreach (var leak in leaks.Where(l => lived[l.RoomId].Any()))
        {
            List<DateOnly> days = [.. DaysOf(leak, setting).Where(d => !booked.Contains((leak.RoomId, d)))];
            if (days.Count > 0) await BookAsync(leak, days, ct);
            booked.UnionWith(days.Select(d => (leak.RoomId, d)));
        }
    }

    private async Task BookAsync(Leak leak, List<DateOnly> days, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            // Asked again: meanwhile the ticket may have ended, or the rule have been turned off.
            if (await db.LeakSettings.AsNoTracking().SingleOrDefaultAsync(token) is not { IsOn: true } setting) return;
            if (await Leaks(db, setting, office.Now - Looks).SingleOrDefaultAsync(l => l.Id == leak.Id, token) is not { } now) return;
            var booked = await BookedAsync(db, [now.RoomId], token);
            var earned = DaysOf(now, setting).Where(d => days.Contains(d) && !booked.Contains((now.RoomId, d))).ToList();
            var amount = new Money(setting.DailyFen);
            var room = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(now.RoomId), token);
            var subsidy = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Subsidy), token);
            var first = days[0];
            var takenBack = await db.LeakCredits.Where(c => c.RoomId == now.RoomId && c.Day >= first && c.TakenBackAt != null)
                .ToDictionaryAsync(c => c.Day, token);
            foreach (var day in earned)
            {
                if (takenBack.TryGetValue(day, out var credit)) credit.EarnAgain(now.Id, amount.Fen, office.Now);
                else db.LeakCredits.Add(credit = new LeakCredit(now.RoomId, day, now.Id, amount.Fen, office.Now));
                await ledger.PostAsync(
                    db, TransactionKind.Subsidy, credit.Reference, [(room, amount), (subsidy, Money.Zero - amount)], token, now.Number);
            }
        }, ct);
    }

    private async Task TakeBackAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var wrong = await (await WrongAsync(db, ct)).OrderBy(c => c.Id).Take(Batch).Select(c => c.Id).ToListAsync(ct);
        if (wrong.Count == 0) return;
        await db.WriteAsync(async token =>
        {
            var setting = await db.LeakSettings.AsNoTracking().SingleOrDefaultAsync(token);
            var credits = await (await WrongAsync(db, token)).Where(c => wrong.Contains(c.Id)).ToListAsync(token);
            List<long> rooms = [.. credits.Select(c => c.RoomId).Distinct()];
            var others = setting is null ? []
                : await Leaks(db, setting, DateTimeOffset.MinValue).Where(l => rooms.Contains(l.RoomId)).ToListAsync(token);
            foreach (var credit in credits)
            {
                if (setting is not null && others.Find(l => l.RoomId == credit.RoomId && DaysOf(l, setting).Contains(credit.Day)) is { } other)
                {
                    credit.BelongTo(other.Id);
                    continue;
                }
                var number = await db.RepairTickets.Where(t => t.Id == credit.TicketId).Select(t => t.Number).SingleAsync(token);
                var room = await LedgerWriter.AccountAsync(db, LedgerAccount.OfRoom(credit.RoomId), token);
                var subsidy = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Subsidy), token);
                var amount = new Money(credit.AmountFen);
                credit.TakeBack(office.Now);
                await ledger.PostAsync(
                    db, TransactionKind.Subsidy, $"{credit.Reference}:back", [(room, Money.Zero - amount), (subsidy, amount)], token, number);
            }
        }, ct);
    }

    /// <summary>
    /// The credits whose ticket came to nothing, is about another room, or was corrected to a category that is no leak. What was earned before the
    /// rule asked for other categories stays.
    /// </summary>
    private static async Task<IQueryable<LeakCredit>> WrongAsync(LogisticsDb db, CancellationToken ct)
    {
        var (tickets, categories, events) = (db.RepairTickets, db.Categories, db.Set<RepairEvent>());
        var leak = await db.LeakSettings.Where(s => s.IsOn).Select(s => s.CategoryId).SingleOrDefaultAsync(ct);
        var since = await db.Audit.Where(a => a.Entity == nameof(LeakSetting) && a.Field == nameof(LeakSetting.CategoryId)).OrderByDescending(a => a.Id)
            .Select(a => a.At).FirstOrDefaultAsync(ct);
        return db.LeakCredits.Where(c => c.TakenBackAt == null && tickets.Any(t => t.Id == c.TicketId && (
            Nothing.Contains(t.Status) || t.RoomId != c.RoomId
            || (leak != null && c.At >= since && events.Any(e => e.TicketId == t.Id && e.Verb == RepairVerb.Correct && e.At >= c.At)
                && !categories.Any(g => g.Id == t.CategoryId && (g.Id == leak || g.ParentId == leak))))));
    }

    private static async Task<HashSet<(long Room, DateOnly Day)>> BookedAsync(LogisticsDb db, IReadOnlyCollection<long> rooms, CancellationToken ct)
    {
        HashSet<(long, DateOnly)> booked = [];
        foreach (var some in rooms.Chunk(500))
        {
            var credits = db.LeakCredits.AsNoTracking().Where(c => some.Contains(c.RoomId) && c.TakenBackAt == null);
            booked.UnionWith((await credits.Select(c => new { c.RoomId, c.Day }).ToListAsync(ct)).Select(c => (c.RoomId, c.Day)));
        }
        return booked;
    }

    /// <summary>The leaks that are open, or were repaired since then, whichever category of a group they have.</summary>
    private IQueryable<Leak> Leaks(LogisticsDb db, LeakSetting setting, DateTimeOffset repairedSince)
    {
        var (categories, late) = (db.Categories, office.Now - LeakRule.Patience);
        return db.RepairTickets.AsNoTracking().IgnoreAutoIncludes()
            .Where(t => t.SubmittedAt <= late && categories.Any(c => c.Id == t.CategoryId && (c.Id == setting.CategoryId || c.ParentId == setting.CategoryId)))
            .Where(t => TicketStatuses.Open.Contains(t.Status) || (Repaired.Contains(t.Status) && t.CompletedAt >= repairedSince))
            .OrderBy(t => t.Id)
            .Select(t => new Leak
            {
                Id = t.Id,
                Number = t.Number,
                RoomId = t.RoomId,
                ReportedAt = t.SubmittedAt,
                RepairedAt = Repaired.Contains(t.Status) ? t.CompletedAt : null,
            });
    }

    private IEnumerable<DateOnly> DaysOf(Leak leak, LeakSetting setting) =>
        LeakRule.Days(leak.ReportedAt, leak.RepairedAt, office.Now, setting.Since, office.DayOf);

    // Members and not constructor parameters: a query can be translated only through these.
    private sealed class Leak
    {
        public long Id { get; init; }
        public string Number { get; init; } = "";
        public long RoomId { get; init; }
        public DateTimeOffset ReportedAt { get; init; }
        public DateTimeOffset? RepairedAt { get; init; }
    }
}
