using System.Globalization;
using LogisticsAdmin.Data;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>Campuses, buildings, rooms, centres and crews of seeds/demo-campus.json. Development only; loaded once, into an empty database.</summary>
internal sealed class DemoCampus : IReferenceRows
{
    public async Task LoadAsync(LogisticsDb db, CancellationToken ct)
    {
        if (await db.Campuses.AnyAsync(ct)) return;
        var file = await Seeds.ReadAsync<CampusFile>("demo-campus.json", ct);
        await db.WriteAsync(_ =>
        {
            foreach (var campusRow in file.Campuses)
            {
                var campus = new Campus(campusRow.Code, campusRow.Name, campusRow.NameEn);
                foreach (var row in campusRow.Buildings)
                {
                    var building = new Building(campus, row.Code, row.Name, row.NameEn, row.Kind);
                    db.Rooms.AddRange(row.Rooms.SelectMany(r => r.In(building)));
                }
            }
            var centre = new Centre("repair", "维修中心", "Repair centre");
            db.Crews.AddRange(file.Crews.Select(c => new Crew(centre, c.Code, c.Name, c.NameEn)));
            return Task.CompletedTask;
        }, ct);
    }

    private sealed record CampusFile(IReadOnlyList<CampusRow> Campuses, IReadOnlyList<CrewRow> Crews);

    private sealed record CampusRow(string Code, string Name, string NameEn, IReadOnlyList<BuildingRow> Buildings);

    private sealed record BuildingRow(string Code, string Name, string NameEn, BuildingKind Kind, IReadOnlyList<RoomRow> Rooms);

    private sealed record CrewRow(string Code, string Name, string NameEn);

    /// <summary>Either a run of numbered rooms or one named spot.</summary>
    private sealed record RoomRow(int Floor, int? From, int? To, string? Code, string? NameEn, int Beds)
    {
        public IEnumerable<Room> In(Building building) => Code is not null
            ? [Spot(building, Code)]
            : Enumerable.Range(From!.Value, To!.Value - From.Value + 1)
                .Select(n => n.ToString(CultureInfo.InvariantCulture)).Select(n => new Room(building, Floor, n, n, Beds));

        private Room Spot(Building building, string code)
        {
            var room = new Room(building, Floor, code, NameEn ?? "", Beds);
            if (Beds == 0) room.Describe(RoomKind.Shared, null, null);
            return room;
        }
    }
}
