using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>A debt is settled before a bed is given up: one's own, and the room's by whoever leaves it with nobody staying.</summary>
internal sealed class DebtStep : ICheckOutStep
{
    private static readonly LocalName Own = LocalName.Of<FeeSectionsText>("OwnDebt"), OfRoom = LocalName.Of<FeeSectionsText>("RoomDebt");

    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(LogisticsDb db, long personId, IReadOnlySet<long> leaving, CancellationToken ct)
    {
        var room = await db.Users.Where(p => p.Id == personId).Select(p => p.RoomId).SingleOrDefaultAsync(ct);
        List<long> others = room is null ? []
            : await db.Users.Where(p => p.RoomId == room && p.Id != personId && p.RetiredAt == null).Select(p => p.Id).ToListAsync(ct);
        var isLast = room is not null && others.TrueForAll(leaving.Contains);
        string[] keys = [LedgerAccount.PersonKey(personId), .. isLast ? [LedgerAccount.RoomKey(room!.Value)] : Array.Empty<string>()];
        var debts = await db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key) && a.BalanceFen < 0).OrderBy(a => a.Key)
            .Select(a => new { a.Kind, a.BalanceFen }).ToListAsync(ct);
        // The move-out statement settles both, and says what is left when it is settled.
        var statement = FormattableString.Invariant($"fees/move-outs/new?person={personId}");
        return [.. debts.Select(d => new CheckOutHold(Said(d.Kind == LedgerAccountKind.Room ? OfRoom : Own, new Money(-d.BalanceFen)), statement))];
    }

    private static LocalName Said(LocalName words, Money owed) => new(string.Format(null, words.Zh, owed), string.Format(null, words.En, owed));
}
