using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>An own account that is low. <paramref name="CutOffs"/>: what is announced or cut off in the room because of it.</summary>
public sealed record LowAccount(bool IsRoom, Money Balance, IReadOnlyList<AnnouncedCutOff> CutOffs);

/// <summary>A cut-off as the residents of its room see it.</summary>
public sealed record AnnouncedCutOff(LocalName Kind, CutOffState State, DateOnly NotBefore);

/// <summary>Which accounts of the signed-in person are below a threshold of the kinds that they are charged: their room's and their own.</summary>
public sealed class LowBalance(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, KeptReadings kept)
{
    public async Task<IReadOnlyList<LowAccount>> MineAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        return await kept.OfAsync(
            "Fees.LowBalance", me,
            [
                RowsRead.Of<Person>(me), RowsRead.All<LedgerAccount>(), RowsRead.All<Bill>(), RowsRead.All<FeeNotice>(), RowsRead.All<CutOffOrder>(),
                RowsRead.All<ArrearsSetting>(), RowsRead.All<FeeKind>(),
            ],
            token => ReadAsync(me, token), ct);
    }

    // An entry of the ledger is never stored without its account.
    private async Task<IReadOnlyList<LowAccount>> ReadAsync(long me, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var terms = await ArrearsReader.TermsAsync(db, ct);
        if (terms.Count == 0) return [];
        var home = await db.Users.Where(p => p.Id == me).Select(p => p.RoomId).SingleAsync(ct);
        string[] keys = [LedgerAccount.PersonKey(me), LedgerAccount.RoomKey(home ?? 0)];
        var accounts = await db.LedgerAccounts.AsNoTracking().Where(a => keys.Contains(a.Key)).OrderBy(a => a.Kind).ToListAsync(ct);
        var facts = await ArrearsReader.FactsAsync(db, accounts, terms, office.Today, ct);
        var kinds = db.FeeKinds;
        var cutOffs = home is null ? [] : await db.CutOffOrders.AsNoTracking()
            .Where(o => o.RoomId == home && !CutOffMoves.Ended.Contains(o.State)).OrderBy(o => o.Id)
            .Join(kinds, o => o.FeeKindId, k => k.Id, (o, k) => new AnnouncedCutOff(new LocalName(k.Name, k.NameEn), o.State, o.NotBefore)).ToListAsync(ct);
        return
        [
            .. accounts.Where(a => facts[a.Id].Kinds.Any(k => k.IsInArrears || a.BalanceFen < k.Terms.LowBalanceFen)
                    || (a.RoomId is not null && cutOffs.Count > 0))
                .Select(a => new LowAccount(a.RoomId is not null, new Money(a.BalanceFen), a.RoomId is null ? [] : cutOffs)),
        ];
    }
}
