using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>The bills of a room, and its account. For the office.</summary>
internal sealed class BillsOfRoom(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<FeeSectionsText> words) : IRoomSection
{
    public int Order => 60;
    public LocalName Title { get; } = LocalName.Of<FeeSectionsText>("Bills");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = LedgerAccount.RoomKey(roomId);
        var balance = await db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.BalanceFen).SingleOrDefaultAsync(ct);
        var bills = db.Bills.AsNoTracking().Where(b => b.RoomId == roomId);
        return await BillLines.ReadAsync(db, bills, take, words["Balance", new Money(balance)], ct);
    }
}
