using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>Building and room in one line.</summary>
public sealed record RoomLine(LocalName Building, LocalName Room);

/// <summary>Where somebody lives.</summary>
public sealed class PlacesQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user)
{
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
