using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Sections;

/// <summary>Bills as things to complain about, by their number: for the office, and for whoever pays a part. Few people share one.</summary>
internal sealed class BillComplaints(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IComplaintSubject
{
    public string Kind => "bill";
    public bool IsPersonal => true;

    public async Task<ComplaintSubject?> FindAsync(string key, CancellationToken ct)
    {
        var (actor, me) = (user.Actor, user.Actor.PersonId);
        var isOffice = actor.IsOffice;
        await using var db = await databases.CreateDbContextAsync(ct);
        var kinds = db.FeeKinds;
        var found = await db.Bills.AsNoTracking().Where(b => b.Number == key && (isOffice || b.Shares.Any(s => s.PersonId == me)))
            .Join(kinds, b => b.FeeKindId, k => k.Id, (b, k) => new { b.Id, b.Number, b.Period, b.RoomId, k.Name, k.NameEn }).FirstOrDefaultAsync(ct);
        return found is null ? null : new ComplaintSubject(
            new LocalName($"{found.Number} {found.Name} {found.Period}", $"{found.Number} {found.NameEn} {found.Period}"),
            FormattableString.Invariant($"{(isOffice ? "fees/bills" : "my/fees/bills")}/{found.Id}"), RoomId: found.RoomId);
    }
}
