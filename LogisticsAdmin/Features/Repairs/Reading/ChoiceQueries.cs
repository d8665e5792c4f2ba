using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Reading;

/// <summary>The choices of forms and filters: places, categories, crews, people, and the current user's own room and phone.</summary>
public sealed class ChoiceQueries(IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime time, SharedChoices shared)
{
    /// <summary>The categories that a ticket can have, with the codes that log mappings use.</summary>
    public async Task<IReadOnlyList<(string Code, LocalName Name)>> CategoryCodesAsync(CancellationToken ct = default)
    {
        _ = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var leaves = await db.Categories.AsNoTracking().Living().Where(c => c.ParentId != null)
            .OrderBy(c => c.ParentId).ThenBy(c => c.Position).Select(c => new { c.Code, c.Name, c.NameEn }).ToListAsync(ct);
        return [.. leaves.Select(c => (c.Code, new LocalName(c.Name, c.NameEn)))];
    }

    /// <summary>The choices of filters and dialogs: places, categories, crews, technicians, office members.</summary>
    public async Task<RepairChoices> ChoicesAsync(CancellationToken ct = default)
    {
        var actor = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        var roles = db.Set<IdentityUserRole<long>>();
        var office = RoleGroups.Office.ToIds();
        var works = await db.ReadWorkingTimeAsync(time, ct);
        var choices = new RepairChoices
        {
            Campuses = await db.Campuses.AsNoTracking().Living().OrderBy(c => c.Id)
                .Select(c => new Choice(c.Id, new LocalName(c.Name, c.NameEn), null)).ToListAsync(ct),
            Buildings = await db.Buildings.AsNoTracking().Living().Where(b => b.Campus.RetiredAt == null).OrderBy(b => b.Id)
                .Select(b => new Choice(b.Id, new LocalName(b.Name, b.NameEn), b.CampusId)).ToListAsync(ct),
            Categories = await db.Categories.AsNoTracking().Living().OrderBy(c => c.Position)
                .Select(c => new CategoryChoice(
                    c.Id, c.Code, new LocalName(c.Name, c.NameEn), c.PlainLocalName, c.ParentId, c.DefaultUrgency, c.DefaultCrewId))
                .ToListAsync(ct),
            Crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id)
                .Select(c => new Choice(c.Id, new LocalName(c.Name, c.NameEn), c.CentreId)).ToListAsync(ct),
            Technicians = !actor.IsOffice ? [] : await db.People.AsNoTracking().Living()
                .Where(p => p.CrewId != null && roles.Any(r => r.UserId == p.Id && r.RoleId == (long)Role.Technician)).OrderBy(p => p.FullName)
                .Select(p => new Choice(p.Id, new LocalName(p.FullName, ""), p.CrewId)).ToListAsync(ct),
            Office = !actor.IsOffice ? [] : await db.People.AsNoTracking().Living()
                .Where(p => roles.Any(r => r.UserId == p.Id && office.Contains(r.RoleId))).OrderBy(p => p.FullName)
                .Select(p => new Choice(p.Id, new LocalName(p.FullName, ""), null)).ToListAsync(ct),
            Slots = await db.VisitSlots.AsNoTracking().Living().OrderBy(s => s.From).ThenBy(s => s.To).ThenBy(s => s.Id)
                .Select(s => new SlotChoice(s.Id, s.From, s.To, s.Days)).ToListAsync(ct),
            SlotBuildings = [.. (await db.VisitSlotBuildings.AsNoTracking().OrderBy(o => o.SlotId).ThenBy(o => o.BuildingId).ToListAsync(ct))
                .Select(o => (o.SlotId, o.BuildingId))],
            ClosedDays = [.. Enumerable.Range(0, RepairChoices.DaysKnown).Select(time.Today.AddDays).Where(day => !works.IsOpenOn(day))],
        };
        return shared.Share(choices);
    }

    /// <summary>The rooms in use of a building in use, by floor and code.</summary>
    public async Task<IReadOnlyList<RoomChoice>> RoomsAsync(long buildingId, CancellationToken ct = default)
    {
        _ = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.AsNoTracking().Living().Where(r => r.BuildingId == buildingId && r.Building.RetiredAt == null)
            .OrderBy(r => r.Floor).ThenBy(r => r.Code)
            .Select(r => new RoomChoice(r.Id, new LocalName(r.Name, r.NameEn), r.Floor, r.BuildingId)).ToListAsync(ct);
    }

    /// <summary>The building of a room; null if there is no such room.</summary>
    public async Task<long?> BuildingOfAsync(long roomId, CancellationToken ct = default)
    {
        _ = user.Actor;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Rooms.Where(r => r.Id == roomId).Select(r => (long?)r.BuildingId).FirstOrDefaultAsync(ct);
    }

    /// <summary>For the office: rooms in use, found by building and room: names, numbers, pinyin.</summary>
    public async Task<IReadOnlyList<FoundRoom>> FindRoomsAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FindRoomsAsync(typed, take, ct);
    }

    /// <summary>For the office: one room by its id, also a retired one; null if there is no such room.</summary>
    public async Task<FoundRoom?> RoomAsync(long roomId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.FoundRoomAsync(roomId, ct);
    }

    /// <summary>The user's own room and phone, used to prefill the form.</summary>
    public async Task<ReporterDefaults> ReporterDefaultsAsync(CancellationToken ct = default)
    {
        var me = user.PersonId;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (
            from p in db.People
            where p.Id == me
            join r in db.Rooms on p.RoomId equals r.Id into rooms
            from room in rooms.DefaultIfEmpty()
            join b in db.Buildings on room.BuildingId equals b.Id into buildings
            from building in buildings.DefaultIfEmpty()
            select new ReporterDefaults(p.FullName, p.PhoneNumber, p.RoomId, building == null ? null : building.Id,
                building == null ? null : new LocalName(building.Name, building.NameEn), room == null ? null : new LocalName(room.Name, room.NameEn)))
            .FirstAsync(ct);
    }

    /// <summary>People for whom the office may take a report, found by name, pinyin, number or phone.</summary>
    public async Task<IReadOnlyList<PersonChoice>> PeopleAsync(string typed, int take = 12, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        if (!SearchIndex.HasWords(typed)) return [];
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = db.SearchIds<Person>(typed);
        return await db.People.AsNoTracking().Living().Where(p => found.Contains(p.Id)).OrderBy(p => p.FullName).Take(take)
            .Select(p => new PersonChoice(p.Id, p.FullName, p.Number, p.PhoneNumber, p.RoomId)).ToListAsync(ct);
    }
}
