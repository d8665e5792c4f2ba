using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>
/// What the accounts of rooms and people owe, as it was after the newest entry of the ledger. Entries are only ever added, one write after the other, so
/// that only the accounts of those that were added since have to be read again.
/// </summary>
internal sealed class UnpaidCache : IDisposable
{
    private const int Chunk = 500;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private Known? _known;

    /// <summary>The debts by the ids of their accounts. To be called before anything else is read in a snapshot, which then has the same balances.</summary>
    public async Task<IReadOnlyDictionary<long, Debt>> ReadAsync(LogisticsDb db, DateOnly today, CancellationToken ct)
    {
        await _turn.WaitAsync(ct);
        try
        {
            var newest = await db.LedgerEntries.MaxAsync(e => (long?)e.Id, ct) ?? 0;
            var known = _known;
            if (known is null || known.NewestEntry != newest) _known = known = new Known(newest, await DebtsAsync(db, known, today, ct));
            return known.Debts;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private static async Task<Dictionary<long, Debt>> DebtsAsync(LogisticsDb db, Known? known, DateOnly today, CancellationToken ct)
    {
        var owing = db.LedgerAccounts.AsNoTracking()
            .Where(a => (a.Kind == LedgerAccountKind.Room || a.Kind == LedgerAccountKind.Person) && a.BalanceFen < 0);
        // Readers may still have the debts that were known.
        Dictionary<long, Debt> debts = known is null ? [] : new(known.Debts);
        List<(long Id, long BalanceFen)> changed = [];
        if (known is null)
        {
            changed = await BalancesAsync(owing, ct);
        }
        else
        {
            var since = known.NewestEntry;
            var booked = await db.LedgerEntries.AsNoTracking().Where(e => e.Id > since).Select(e => e.AccountId).ToListAsync(ct);
            foreach (var some in booked.Distinct().Chunk(Chunk))
            {
                List<long> ids = [.. some];
                foreach (var id in ids) debts.Remove(id);
                changed.AddRange(await BalancesAsync(owing.Where(a => EF.Parameter(ids).Contains(a.Id)), ct));
            }
        }
        foreach (var (id, parts) in await ArrearsReader.UnpaidAsync(db, changed, today, ct))
            if (parts.Count > 0) debts[id] = new Debt(id, parts, parts);
        return debts;
    }

    private static async Task<List<(long Id, long BalanceFen)>> BalancesAsync(IQueryable<LedgerAccount> accounts, CancellationToken ct) =>
        (await accounts.Select(a => new { a.Id, a.BalanceFen }).ToListAsync(ct)).ConvertAll(a => (a.Id, a.BalanceFen));

    private sealed record Known(long NewestEntry, Dictionary<long, Debt> Debts);
}
