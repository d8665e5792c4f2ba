using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>Seals the ledger day by day, so that later changes show. Each seal covers all entries of the days up to it that no earlier one covers.</summary>
public sealed class LedgerSeals(IDbContextFactory<LogisticsDb> databases, OfficeTime office)
{
    /// <summary>
    /// Seals the ledger up to the end of <paramref name="day"/>, which must be over. False when there is a seal of that day or a later one, or
    /// nothing was ever posted by then.
    /// </summary>
    public async Task<bool> SealAsync(DateOnly day, CancellationToken ct = default)
    {
        if (day >= office.Today) throw new ArgumentOutOfRangeException(nameof(day), day, "A day is sealed when it is over.");
        await using var db = await databases.CreateDbContextAsync(ct);
        var last = await LastAsync(db, ct);
        if (last?.Day >= day) return false;
        var after = last?.LastEntryId ?? 0;
        var covered =
            from entry in db.LedgerEntries
            join transaction in db.LedgerTransactions on entry.TransactionId equals transaction.Id
            where entry.Id > after && transaction.Day <= day
            select (long?)entry.Id;
        var upTo = await covered.MaxAsync(ct) ?? after;
        if (upTo == 0) return false;
        // Entries of days that are over never change, so that no other write has to wait for the hash.
        var (hash, entries) = await LedgerHash.OfAsync(db, day, last?.Hash ?? "", after, upTo, ct);
        return await db.WriteAsync(async token =>
        {
            if ((await LastAsync(db, token))?.Day != last?.Day) return false;
            db.LedgerDays.Add(new LedgerDay(day, upTo, entries, hash, office.Now));
            // Whoever removes the newest seal to change what it covers can make another one, but not this entry.
            db.Audit.Add(new AuditEntry
            {
                Entity = nameof(LedgerDay),
                EntityId = LedgerDay.AuditId(day),
                Field = nameof(LedgerDay.Hash),
                New = hash,
                At = office.Now,
            });
            return true;
        }, ct);
    }

    private static Task<LedgerDay?> LastAsync(LogisticsDb db, CancellationToken ct) =>
        db.LedgerDays.AsNoTracking().OrderByDescending(d => d.Day).FirstOrDefaultAsync(ct);
}
