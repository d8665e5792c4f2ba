using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>Building and room in one line.</summary>
public sealed record RoomLine(LocalName Building, LocalName Room);

/// <summary>Where somebody lives, and the list of rooms.</summary>
public sealed class PlacesQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
    /// <summary>All rooms that are in use, with their beds. For managers and administrators.</summary>
    public async Task<IReadOnlyList<RoomRow>> RoomsAsync(CancellationToken ct = default)
    {
        if (!user.Actor.IsManagement) throw new Forbidden();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.AsNoTracking().Where(r => r.RetiredAt == null && r.Building.RetiredAt == null)
            .OrderBy(r => r.Building.CampusId).ThenBy(r => r.Building.Code).ThenBy(r => r.Floor).ThenBy(r => r.Code)
            .Select(r => new RoomRow(
                new LocalName(r.Building.Campus.Name, r.Building.Campus.NameEn), new LocalName(r.Building.Name, r.Building.NameEn),
                r.Floor, r.Code, r.NameEn, r.Beds.Count(b => b.RetiredAt == null)))
            .ToListAsync(ct);
    }

    /// <summary>One's own room; null where none is on record.</summary>
    public async Task<RoomLine?> MyRoomAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from person in db.Users
            where person.Id == me
            join room in db.Rooms on person.RoomId equals room.Id
            join building in db.Buildings on room.BuildingId equals building.Id
            select new RoomLine(new LocalName(building.Name, building.NameEn), new LocalName(room.Name, room.NameEn))).FirstOrDefaultAsync(ct);
    }
}
