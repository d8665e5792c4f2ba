using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Reminds people and announces cut-offs. What is due is decided inside the write that stores it, so that nothing is sent twice, whoever runs it at the
/// same time and whenever it was stopped.
/// </summary>
internal sealed class ArrearsRunner(IDbContextFactory<LogisticsDb> databases, ArrearsNotices notices, CutOffWatch watch, OfficeTime office)
{
    private const int Batch = 200;

    private static readonly CutOffState[] Payable = [.. CutOffMoves.BeforeCut, CutOffState.Cut];

    /// <summary>Sends what is due today, and announces cut-offs. Returns how many notices and announcements there were.</summary>
    public async Task<int> RemindAsync(CancellationToken ct = default)
    {
        List<long> candidates;
        await using (var db = await databases.CreateDbContextAsync(ct))
        {
            var terms = await ArrearsReader.TermsAsync(db, ct);
            if (terms.Count == 0) return 0;
            var below = terms.Values.Max(t => t.LowBalanceFen);
            candidates = await db.LedgerAccounts.AsNoTracking()
                .Where(a => (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person) && (a.BalanceFen < 0 || a.BalanceFen < below))
                .OrderBy(a => a.Id).Select(a => a.Id).ToListAsync(ct);
        }
        var sent = 0;
        foreach (var some in candidates.Chunk(Batch))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            sent += await db.WriteAsync(token => RemindAsync(db, some, token), ct);
        }
        return sent;
    }

    /// <summary>Ends cut-offs whose debt is paid, and proposes those whose days of notice are over.</summary>
    public async Task FollowUpAsync(CancellationToken ct = default)
    {
        var today = office.Today;
        await using var read = await databases.CreateDbContextAsync(ct);
        var open = await read.CutOffOrders.AsNoTracking().Where(o => Payable.Contains(o.State)).OrderBy(o => o.Id).ToListAsync(ct);
        var unpaid = await CutOffWatch.UnpaidAsync(read, open, today, ct);
        var terms = await ArrearsReader.TermsAsync(read, ct);
        List<long> due = [.. open.Where(o => o.IsSettledBy(unpaid[o.Id]) || IsToPropose(o, terms, today)).Select(o => o.Id)];
        foreach (var some in due.Chunk(Batch))
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            await db.WriteAsync(async token =>
            {
                var orders = await db.CutOffOrders.Where(o => some.Contains(o.Id) && Payable.Contains(o.State)).ToListAsync(token);
                await watch.SettleAsync(db, orders, token);
                var asked = await ArrearsReader.TermsAsync(db, token);
                foreach (var order in orders.Where(o => IsToPropose(o, asked, today)))
                {
                    order.Propose();
                    db.Announce(new KeyChanged(ArrearsTopics.CutOffs, order.Id));
                }
            }, ct);
        }
    }

    // An administrator may have turned cut-offs of the kind off since.
    private static bool IsToPropose(CutOffOrder order, IReadOnlyDictionary<long, ArrearsTerms> terms, DateOnly today) =>
        order.State == CutOffState.Announced && order.NotBefore <= today && terms.TryGetValue(order.FeeKindId, out var of) && of.MayCutOff;

    /// <summary>
    /// The rooms and kinds whose last cut-off the office took back, or had restored although the debt remained, within the days of notice or the cool-down.
    /// </summary>
    private async Task<IEnumerable<(long Room, long Kind)>> SparedAsync(
        LogisticsDb db, List<long> rooms, IReadOnlyDictionary<long, ArrearsTerms> terms, DateOnly today, CancellationToken ct)
    {
        var since = office.Now.AddDays(-ArrearsLimits.Days - 1);
        var ended = await db.CutOffOrders.AsNoTracking().Where(o => rooms.Contains(o.RoomId) && o.TakenBackById != null && o.EndedAt >= since)
            .Select(o => new { o.RoomId, o.FeeKindId, o.EndedAt }).ToListAsync(ct);
        return ended.Where(o => terms.TryGetValue(o.FeeKindId, out var of)
            && office.DayOf(o.EndedAt!.Value).AddDays(Math.Max(of.CoolDownDays, of.NoticeDays)) > today).Select(o => (o.RoomId, o.FeeKindId));
    }

    private async Task<int> RemindAsync(LogisticsDb db, long[] ids, CancellationToken ct)
    {
        var (today, sent) = (office.Today, 0);
        var terms = await ArrearsReader.TermsAsync(db, ct);
        var accounts = await db.LedgerAccounts.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
        var facts = await ArrearsReader.FactsAsync(db, accounts, terms, today, ct);
        var payers = await ArrearsNotices.PayersAsync(db, accounts, ct);
        List<long> rooms = [.. accounts.Select(a => a.RoomId).OfType<long>()];
        var places = await ArrearsNotices.PlacesAsync(db, rooms, ct);
        var ofRooms = await db.FeeKinds.Where(k => k.Payer == FeePayer.Room).Select(k => k.Id).ToListAsync(ct);
        var open = (await db.CutOffOrders.AsNoTracking().Where(o => rooms.Contains(o.RoomId) && !CutOffMoves.Ended.Contains(o.State))
            .Select(o => new { o.RoomId, o.FeeKindId }).ToListAsync(ct)).Select(o => (o.RoomId, o.FeeKindId)).ToHashSet();
        open.UnionWith(await SparedAsync(db, rooms, terms, today, ct));
        foreach (var account in accounts)
        {
            // Nobody is left who could pay: the office sees it in its list.
            List<long> people = [.. payers[account.Id]];
            if (people.Count == 0) continue;
            if (ArrearsRule.Due(facts[account.Id], today) is { } kind)
            {
                notices.Remind(db, account, kind, people, account.RoomId is { } home ? places.GetValueOrDefault(home) : null);
                sent++;
            }
            if (account.RoomId is not { } room) continue;
            foreach (var cut in ArrearsRule.ToCutOff(facts[account.Id]).Where(k => ofRooms.Contains(k.KindId) && !open.Contains((room, k.KindId))))
            {
                var number = await db.NextNumberAsync(ArrearsLimits.Series, today, ct);
                var order = new CutOffOrder(number, room, cut.KindId, cut.UnpaidFen, cut.Terms.CutOffFen, today.AddDays(cut.Terms.NoticeDays), office.Now);
                db.CutOffOrders.Add(order);
                notices.Tell(db, people, ArrearsNotificationKind.CutOffAnnounced, order);
                db.Announce(new KeyChanged(ArrearsTopics.CutOffs, 0));
                sent++;
            }
        }
        return sent;
    }
}
