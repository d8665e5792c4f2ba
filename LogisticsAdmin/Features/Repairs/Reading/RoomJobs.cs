using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>
/// Technicians see the rooms in which they have a job: their own, their crew's, or that of somebody they stand in for; open, or ended not long ago.
/// </summary>
internal sealed class RoomJobs(IStandIns standIns, OfficeTime office) : IRoomAccess
{
    private static readonly TimeSpan SeenAfterEnd = TimeSpan.FromDays(30);

    public async Task<bool> MaySeeAsync(LogisticsDb db, Actor actor, long roomId, CancellationToken ct)
    {
        if (!actor.Is(Role.Technician)) return false;
        var acting = await standIns.ActingAsync(db, actor, ct);
        var (workers, crews, since) = (acting.Workers(), acting.Crews(), office.Now - SeenAfterEnd);
        return await db.RepairTickets.AnyAsync(
            t => t.RoomId == roomId && (t.EndedAt == null || t.EndedAt > since) && (workers.Contains(t.TechnicianId) || crews.Contains(t.CrewId)), ct);
    }
}
