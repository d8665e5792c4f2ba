using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>The bills that a person pays a part of, and their account. For the office.</summary>
internal sealed class BillsOfPerson(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStringLocalizer<FeeSectionsText> words) : IPersonSection
{
    public LocalName Title { get; } = LocalName.Of<FeeSectionsText>("Bills");
    public LocalName? EmptyText => null;

    public async Task<PageSection?> ReadAsync(long personId, int take, CancellationToken ct)
    {
        if (!user.Actor.IsOffice) return null;
        await using var db = await databases.CreateDbContextAsync(ct);
        var key = LedgerAccount.PersonKey(personId);
        var balance = await db.LedgerAccounts.Where(a => a.Key == key).Select(a => a.BalanceFen).SingleOrDefaultAsync(ct);
        var bills = db.Bills.AsNoTracking().Where(b => b.PersonId == personId || b.Shares.Any(s => s.PersonId == personId));
        return await BillLines.ReadAsync(db, bills, take, words["Balance", new Money(balance)], ct);
    }
}
