using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>Tickets as things to complain about, by their number. A ticket names its reporter, so it would tell who complained.</summary>
internal sealed class TicketComplaints(IDbContextFactory<LogisticsDb> databases, CurrentUser user) : IComplaintSubject
{
    public string Kind => "ticket";
    public bool IsPersonal => true;

    public async Task<ComplaintSubject?> FindAsync(string key, CancellationToken ct)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.RepairTickets.AsNoTracking().VisibleTo(actor).Where(t => t.Number == key)
            .Select(t => new { t.Number, t.Description, t.CrewId, t.RoomId }).FirstOrDefaultAsync(ct);
        if (found is null) return null;
        var name = $"{found.Number} {CleanText.Summary(found.Description)}";
        return new ComplaintSubject(new LocalName(name, name), (actor.IsOffice ? "repairs/" : "my/repairs/") + found.Number, found.CrewId, found.RoomId);
    }
}
