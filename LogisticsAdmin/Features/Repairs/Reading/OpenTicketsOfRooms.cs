using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>The numbers of open tickets of rooms, for the grid of rooms.</summary>
internal sealed class OpenTicketsOfRooms : IRoomBadges
{
    public LocalName Name { get; } = LocalName.Of<ReadingText>("RoomBadge.Name");

    public LocalName State { get; } = LocalName.Of<ReadingText>("RoomBadge.State");

    private static readonly LocalName Tickets = LocalName.Of<ReadingText>("RoomBadge.Tickets");

    public LocalName Counted(int count) => Tickets.With(count);

    public async Task<IReadOnlyDictionary<long, int>> CountAsync(LogisticsDb db, long? buildingId, CancellationToken ct)
    {
        var open = TicketStatuses.Open;
        var tickets = db.CurrentTickets.AsNoTracking().Where(t => open.Contains(t.Status));
        if (buildingId is { } building) tickets = tickets.Where(t => t.BuildingId == building);
        return await tickets.GroupBy(t => t.RoomId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
    }

    public IEnumerable<long> BuildingsOf(Change change)
    {
        if (change is not Changed<RepairRow> { Before: var before, After: var after }) yield break;
        if (before?.RoomId == after?.RoomId && before?.Status.IsOpen() == after?.Status.IsOpen()) yield break;
        if (before is not null) yield return before.BuildingId;
        if (after is not null && after.BuildingId != before?.BuildingId) yield return after.BuildingId;
    }
}
