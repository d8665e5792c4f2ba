using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Orders.Phone;

/// <summary>Orders as things to complain about, by their number: for the office, and for who ordered.</summary>
internal sealed class OrderComplaints(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IComplaintSubject
{
    public const string OfOrders = "order";

    public string Kind => OfOrders;
    public bool IsPersonal => true;

    public async Task<ComplaintSubject?> FindAsync(string key, CancellationToken ct)
    {
        var (isOffice, me) = (user.Actor.IsOffice, user.Actor.PersonId);
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.PlacedOrders.AsNoTracking().Where(o => o.Number == key && (isOffice || o.PersonId == me))
            .Select(o => new { o.Number, Lines = o.Lines.Select(l => new { l.Name, l.NameEn }).ToList() }).SingleOrDefaultAsync(ct);
        if (found is null) return null;
        var (names, english) = (string.Join('、', found.Lines.Select(l => l.Name)), string.Join(", ", found.Lines.Select(l => l.NameEn)));
        return new ComplaintSubject(
            new LocalName($"{found.Number} {names}", $"{found.Number} {english}"), isOffice ? $"orders?q={found.Number}" : OrderAddresses.Order(found.Number));
    }
}
