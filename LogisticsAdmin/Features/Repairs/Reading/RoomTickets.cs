using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>The tickets of a room that the reader may see, the newest first: all for the office, jobs for technicians, one's own for everybody.</summary>
internal sealed class RoomTickets(IDbContextFactory<LogisticsDb> databases, CurrentUser user, IStandIns standIns) : IRoomSection
{
    public int Order => 10;
    public LocalName Title { get; } = LocalName.Of<ReadingText>("RoomSection.Tickets");
    public LocalName? EmptyText { get; } = LocalName.Of<ReadingText>("RoomSection.NoTickets");

    public async Task<PageSection?> ReadAsync(long roomId, int take, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var reader = await standIns.ActingAsync(db, user.Actor, ct);
        var visible = db.RepairTickets.AsNoTracking().VisibleTo(reader).Where(t => t.RoomId == roomId);
        var total = await visible.CountAsync(ct);
        var newest = await visible.OrderByDescending(t => t.SubmittedAt).Take(take)
            .Select(t => new { t.SubmittedAt, t.Number, t.Description, t.Status, t.ReporterId, t.TechnicianId, t.CrewId }).ToListAsync(ct);
        var (workers, crews) = (reader.Workers(), reader.Crews());
        return new PageSection(total, [.. newest.Select(t => new SectionLine(
            t.SubmittedAt, t.Number, CleanText.Summary(t.Description), LocalName.Of<TicketsText>($"TicketStatus.{t.Status}"),
            reader.IsOffice ? $"repairs/{t.Number}"
                : reader.Is(Role.Technician) && (workers.Contains(t.TechnicianId) || crews.Contains(t.CrewId)) ? $"jobs/{t.Number}"
                : $"my/repairs/{t.Number}"))]);
    }
}
