using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Demo;

/// <summary>A part that repairs of a category use, at its current price.</summary>
internal sealed record DemoPart(long Id, string Unit, decimal Price, int MaxQuantity);

internal sealed record DemoResident(long Id, long? RoomId, long? BuildingId, bool IsEnglish, string? Phone);

/// <summary>
/// The data that a demo starts from: rooms, people, categories, limits and texts. Sorted, so that the same seed gives the same demo.
/// </summary>
internal sealed class DemoData
{
    private readonly Dictionary<(DemoSpot, string), IReadOnlyList<Room>> _rooms = [];
    private readonly IReadOnlyList<Room> _allRooms;

    private DemoData(IReadOnlyList<Room> rooms, IReadOnlyList<DemoResident> residents)
    {
        _allRooms = rooms;
        Residents = residents;
        ByRoom = residents.Where(r => r.RoomId is not null).ToLookup(r => r.RoomId!.Value);
        ByBuilding = residents.Where(r => r.BuildingId is not null).ToLookup(r => r.BuildingId!.Value)
            .ToDictionary(g => g.Key, g => (IReadOnlyList<DemoResident>)[.. g]);
        RoomById = rooms.ToDictionary(r => r.Id);
    }

    public required DemoTexts Texts { get; init; }
    public required IReadOnlyList<Category> Categories { get; init; }
    public required IReadOnlyList<long> Office { get; init; }
    public required IReadOnlyList<long> Managers { get; init; }
    public required IReadOnlyDictionary<long, IReadOnlyList<long>> Technicians { get; init; }
    public required IReadOnlyList<VisitSlot> Slots { get; init; }

    /// <summary>The buildings of slots that are not offered in all.</summary>
    public required ILookup<long, long> SlotBuildings { get; init; }
    public required WorkingTime Works { get; init; }
    public required ServiceClock Clocks { get; init; }
    public required IReadOnlyDictionary<string, IReadOnlyList<DemoPart>> PartsBy { get; init; }

    /// <summary>The hourly rate by crew.</summary>
    public required IReadOnlyDictionary<long, decimal> Rates { get; init; }
    public IReadOnlyList<DemoResident> Residents { get; }
    public ILookup<long, DemoResident> ByRoom { get; }
    public IReadOnlyDictionary<long, IReadOnlyList<DemoResident>> ByBuilding { get; }
    public IReadOnlyDictionary<long, Room> RoomById { get; }

    public static async Task<DemoData> LoadAsync(LogisticsDb db, ServiceClock clocks, OfficeTime office, CancellationToken ct)
    {
        var texts = await Seeds.ReadAsync<DemoTexts>("demo-texts.json", ct);
        var rooms = await db.Rooms.AsNoTrackingWithIdentityResolution().Living().Include(r => r.Building).Include(r => r.Beds)
            .Where(r => r.Building.RetiredAt == null).OrderBy(r => r.Id).ToListAsync(ct);
        // Imported logs bring places of their own, which are of the kind Other. An office that has no others uses these.
        if (rooms.Exists(r => r.Building.Kind != BuildingKind.Other)) rooms.RemoveAll(r => r.Building.Kind == BuildingKind.Other);
        var buildings = rooms.ToDictionary(r => r.Id, r => r.BuildingId);
        var roles = db.Set<IdentityUserRole<long>>();
        var people = await db.People.AsNoTracking().Living().OrderBy(p => p.Id)
            .Select(p => new
            {
                p.Id,
                p.RoomId,
                p.CrewId,
                p.Language,
                p.PhoneNumber,
                Roles = roles.Where(r => r.UserId == p.Id).Select(r => r.RoleId).ToList(),
            }).ToListAsync(ct);
        var residents = people.Where(p => p.Roles.Contains((long)Role.Resident))
            .Select(p => new DemoResident(
                p.Id, p.RoomId, p.RoomId is { } room && buildings.TryGetValue(room, out var b) ? b : null,
                p.Language == Languages.English, p.PhoneNumber)).ToList();
        var categories = await db.Categories.AsNoTrackingWithIdentityResolution().Living().Include(c => c.Parent)
            .Where(c => c.ParentId != null && c.DefaultCrewId != null).OrderBy(c => c.Position).ToListAsync(ct);
        var parts = await (
            from part in db.Parts.AsNoTracking().Living()
            join price in db.PartPrices.Where(p => p.Until == null) on part.Id equals price.PartId
            select new { part.Code, part.Id, part.Unit, price.Price }).ToDictionaryAsync(p => p.Code, ct);
        var technicians = people.Where(p => p.CrewId is not null && p.Roles.Contains((long)Role.Technician))
            .GroupBy(p => p.CrewId!.Value).ToDictionary(g => g.Key, g => (IReadOnlyList<long>)[.. g.Select(p => p.Id)]);
        return new DemoData(rooms, residents)
        {
            Texts = texts,
            Categories = [.. categories.Where(c => texts.ByCategory.ContainsKey(c.Code) && technicians.ContainsKey(c.DefaultCrewId!.Value))],
            Office = [.. people.Where(p => p.Roles.Contains((long)Role.Dispatcher)).Select(p => p.Id)],
            Managers = [.. people.Where(p => p.Roles.Contains((long)Role.Manager)).Select(p => p.Id)],
            Technicians = technicians,
            Slots = await db.VisitSlots.AsNoTracking().Living().OrderBy(s => s.From).ToListAsync(ct),
            SlotBuildings = (await db.VisitSlotBuildings.AsNoTracking().ToListAsync(ct)).ToLookup(o => o.SlotId, o => o.BuildingId),
            Works = await db.ReadWorkingTimeAsync(office, ct),
            Clocks = clocks,
            PartsBy = texts.PartsBy.ToDictionary(by => by.Key, by => (IReadOnlyList<DemoPart>)[.. by.Value.Where(p => parts.ContainsKey(p.Key))
                .OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => new DemoPart(parts[p.Key].Id, parts[p.Key].Unit, parts[p.Key].Price, p.Value))]),
            Rates = await db.LabourRates.AsNoTracking().Where(r => r.Until == null).ToDictionaryAsync(r => r.CrewId, r => r.PricePerHour, ct),
        };
    }

    /// <summary>Whether there are enough places, categories with technicians, residents and office staff to generate a demo.</summary>
    public bool IsEnough => _allRooms.Count > 0 && Categories.Count > 0 && Residents.Count > 0 && Office.Count > 0 && Managers.Count > 0;

    /// <summary>The rooms of this kind; all rooms in an office that has none of it.</summary>
    public IReadOnlyList<Room> RoomsOrAny(SpotTexts spot) => Rooms(spot) is { Count: > 0 } fitting ? fitting : _allRooms;

    public IReadOnlyList<Room> Rooms(SpotTexts spot)
    {
        var key = (spot.Where, string.Join('|', spot.Rooms ?? []));
        if (_rooms.TryGetValue(key, out var known)) return known;
        return _rooms[key] =
        [
            .. _allRooms.Where(r => Is(r, spot.Where) && (spot.Rooms is null || spot.Rooms.Any(end =>
                end == "#" ? r.Code.All(char.IsAsciiDigit) : r.Code.EndsWith(end, StringComparison.Ordinal)))),
        ];
    }

    private static bool Is(Room room, DemoSpot spot) => spot switch
    {
        DemoSpot.Bedroom => room.Beds.Count > 0,
        DemoSpot.Shared => room is { Beds.Count: 0, Floor: > 0, Building.Kind: BuildingKind.Dormitory },
        DemoSpot.Public => room.Floor > 0 && room.Building.Kind != BuildingKind.Dormitory,
        DemoSpot.Teaching => room is { Floor: > 0, Building.Kind: BuildingKind.Teaching },
        DemoSpot.Library => room is { Floor: > 0, Building.Kind: BuildingKind.Library },
        _ => room.Floor == 0,
    };
}
