using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// Ends cut-offs whose debt is paid, in the write that pays it: those that are not carried out are taken back, and the supply of the others is to be
/// restored at once.
/// </summary>
internal sealed class CutOffWatch(ArrearsNotices notices, OfficeTime office) : IBalanceWatch
{
    private static readonly CutOffState[] Payable = [.. CutOffMoves.BeforeCut, CutOffState.Cut];

    public async Task RaisedAsync(LogisticsDb db, IReadOnlyList<LedgerAccount> accounts, CancellationToken ct)
    {
        List<long> rooms = [.. accounts.Select(a => a.RoomId).OfType<long>()];
        if (rooms.Count == 0) return;
        await SettleAsync(db, await db.CutOffOrders.Where(o => rooms.Contains(o.RoomId) && Payable.Contains(o.State)).ToListAsync(ct), ct);
    }

    /// <summary>Ends those of these cut-offs whose debt is paid.</summary>
    public async Task SettleAsync(LogisticsDb db, IReadOnlyList<CutOffOrder> orders, CancellationToken ct)
    {
        if (orders.Count == 0) return;
        var unpaid = await UnpaidAsync(db, orders, office.Today, ct);
        List<CutOffOrder> paid = [.. orders.Where(o => Payable.Contains(o.State) && o.IsSettledBy(unpaid[o.Id]))];
        if (paid.Count == 0) return;
        foreach (var order in paid)
        {
            order.Pay(office.Now);
            if (order.State == CutOffState.ToRestore) await notices.TellToRestoreAsync(db, order, ct);
            db.Announce(new KeyChanged(ArrearsTopics.CutOffs, order.Id));
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>What is unpaid now of the kind of each cut-off in its room, by the cut-off's id.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> UnpaidAsync(
        LogisticsDb db, IReadOnlyList<CutOffOrder> orders, DateOnly today, CancellationToken ct)
    {
        Dictionary<string, (long Id, long BalanceFen)> accounts = [];
        foreach (var keys in orders.Select(o => LedgerAccount.RoomKey(o.RoomId)).Distinct().Chunk(500))
        {
            var found = db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key)).Select(a => new { a.Key, a.Id, a.BalanceFen });
            foreach (var account in await found.ToListAsync(ct)) accounts[account.Key] = (account.Id, account.BalanceFen);
        }
        var unpaid = await ArrearsReader.UnpaidAsync(db, accounts.Values, today, ct);
        return orders.ToDictionary(o => o.Id, o => accounts.TryGetValue(LedgerAccount.RoomKey(o.RoomId), out var account)
            && unpaid.TryGetValue(account.Id, out var parts) ? parts.Where(p => p.KindId == o.FeeKindId).Sum(p => p.Fen) : 0);
    }
}
