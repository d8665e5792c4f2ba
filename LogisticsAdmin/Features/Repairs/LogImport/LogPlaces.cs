using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>The rooms a log refers to: looked up by their codes, and created if missing.</summary>
internal static class LogPlaces
{
    /// <summary>The identity of a place: the codes of campus, building and room.</summary>
    public static (string Campus, string Building, string Room) KeyOf(PlaceMap place) => (place.Campus.Code, place.Building.Code, place.Room.Code);

    /// <summary>The places that exist already.</summary>
    public static async Task<HashSet<(string Campus, string Building, string Room)>> KnownAsync(LogisticsDb db, CancellationToken ct)
    {
        var rooms = await db.Rooms.AsNoTracking().Living()
            .Select(r => new { Campus = r.Building.Campus.Code, Building = r.Building.Code, r.Code }).ToListAsync(ct);
        return [.. rooms.Select(r => (r.Campus, r.Building, r.Code))];
    }

    public static async Task<(Dictionary<PlaceMap, Room> Rooms, int Created)> FindOrCreateAsync(
        LogisticsDb db, IEnumerable<PlaceMap> places, CancellationToken ct)
    {
        Dictionary<PlaceMap, Room> rooms = [];
        var created = 0;
        foreach (var place in places)
        {
            var campus = await db.Campuses.FirstOrDefaultAsync(c => c.Code == place.Campus.Code, ct)
                ?? Create(new Campus(place.Campus.Code, place.Campus.Name, place.Campus.NameEn));
            var building = await db.Buildings.FirstOrDefaultAsync(b => b.CampusId == campus.Id && b.Code == place.Building.Code, ct)
                ?? Create(new Building(campus, place.Building.Code, place.Building.Name, place.Building.NameEn, BuildingKind.Other));
            var room = await db.Rooms.Living().FirstOrDefaultAsync(r => r.BuildingId == building.Id && r.Code == place.Room.Code, ct)
                ?? Create(new Room(building, 0, place.Room.Code, place.Room.NameEn, 0));
            await db.SaveChangesAsync(ct);
            rooms[place] = room;
        }
        return (rooms, created);

        T Create<T>(T entity) where T : class
        {
            created++;
            db.Add(entity);
            return entity;
        }
    }
}
