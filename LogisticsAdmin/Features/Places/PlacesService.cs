using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places;

/// <summary>
/// Changes campuses, buildings and rooms. Administrators only; anybody else gets <see cref="Forbidden"/>. Nothing is removed: what is no
/// longer used retires with a reason, and tickets and stays keep its name.
/// </summary>
public sealed partial class PlacesService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PlacesUndo undo, IEnumerable<IBedClaim> claims)
{
    private static readonly CampusFormValidator CampusRules = new();
    private static readonly BuildingFormValidator BuildingRules = new();
    private static readonly RoomFormValidator RoomRules = new();
    private static readonly RetirePlaceFormValidator RetireRules = new();

    /// <summary>Adds a campus and returns its id. Refuses, at the field, a code that another campus has, even a retired one.</summary>
    public Task<long> CreateCampusAsync(CampusForm form, CancellationToken ct = default)
    {
        CampusRules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            await PlaceRules.DemandFreeCodeAsync(db.Campuses, nameof(CampusForm.Code), form.Code!, token);
            var campus = new Campus(form.Code!, form.Name!, form.NameEn ?? "");
            db.Add(campus);
            return await SavedAsync(db, campus, 0, token);
        }, ct);
    }

    /// <summary>Throws <see cref="Stale"/> if the campus changed since the form was opened.</summary>
    public Task SaveCampusAsync(long id, CampusForm form, CancellationToken ct = default)
    {
        CampusRules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var campus = await FindAsync<Campus>(db, id, token);
            await DemandUnchangedAsync(db, campus, form.Version, token);
            await PlaceRules.DemandFreeCodeAsync(db.Campuses.Where(c => c.Id != id), nameof(CampusForm.Code), form.Code!, token);
            campus.Recode(form.Code!);
            campus.Rename(form.Name!, form.NameEn ?? "");
            return Changed(db, id, 0);
        }, ct);
    }

    /// <summary>Adds a building and returns its id. Refuses, at the field, a code that another building of the campus has, even a retired one.</summary>
    public Task<long> CreateBuildingAsync(BuildingForm form, CancellationToken ct = default)
    {
        BuildingRules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var campus = await db.Campuses.Living().FirstOrDefaultAsync(c => c.Id == form.CampusId, token)
                ?? throw Rejected.At<PlacesText>(nameof(BuildingForm.CampusId), "UnknownCampus");
            await PlaceRules.DemandFreeCodeAsync(db.Buildings.Where(b => b.CampusId == campus.Id), nameof(BuildingForm.Code), form.Code!, token);
            var building = new Building(campus, form.Code!, form.Name!, form.NameEn ?? "", form.Kind!.Value);
            db.Add(building);
            return await SavedAsync(db, building, null, token);
        }, ct);
    }

    /// <summary>Changes code, names and kind; the campus stays. Throws <see cref="Stale"/> if the building changed since the form was opened.</summary>
    public Task SaveBuildingAsync(long id, BuildingForm form, CancellationToken ct = default)
    {
        BuildingRules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var building = await FindAsync<Building>(db, id, token);
            await DemandUnchangedAsync(db, building, form.Version, token);
            var others = db.Buildings.Where(b => b.CampusId == building.CampusId && b.Id != id);
            await PlaceRules.DemandFreeCodeAsync(others, nameof(BuildingForm.Code), form.Code!, token);
            building.Recode(form.Code!);
            building.Rename(form.Name!, form.NameEn ?? "");
            building.SetKind(form.Kind!.Value);
            return Changed(db, id, id);
        }, ct);
    }

    /// <summary>Adds a room with its beds and returns its id. Refuses, at the field, the number of another room in use of the building.</summary>
    public Task<long> CreateRoomAsync(RoomForm form, CancellationToken ct = default)
    {
        RoomRules.Demand(form);
        return WriteAsync(async (db, token) =>
        {
            var building = await db.Buildings.Living().FirstOrDefaultAsync(b => b.Id == form.BuildingId, token)
                ?? throw Rejected.At<PlacesText>(nameof(RoomForm.BuildingId), "UnknownBuilding");
            await PlaceRules.DemandFreeNumberAsync(db, building.Id, form.Number!, null, token);
            var room = new Room(building, form.Floor!.Value, form.Number!, form.NameEn ?? "", form.Beds!.Value);
            Describe(room, form);
            db.Add(room);
            return await SavedAsync(db, room, building.Id, token);
        }, ct);
    }

    /// <summary>
    /// Changes a room and the number of its beds: adds missing ones and retires free ones from the end. Refuses at the field when somebody
    /// lives in one of those or was promised it, and names them, or when the reason for retiring is missing. Throws <see cref="Stale"/> if the room
    /// changed since the form was opened.
    /// </summary>
    public Task SaveRoomAsync(long id, RoomForm form, CancellationToken ct = default)
    {
        RoomRules.Demand(form);
        return ActAsync(RoomAct.Edit, id, async (db, room, token) =>
        {
            await DemandUnchangedAsync(db, room, form.Version, token);
            if (room.RetiredAt is null) await PlaceRules.DemandFreeNumberAsync(db, room.BuildingId, form.Number!, id, token);
            room.Recode(form.Number!);
            room.MoveTo(form.Floor!.Value);
            Describe(room, form);
            await SetBedsAsync(db, room, form, token);
        }, ct);
    }

    /// <summary>
    /// 停用: refused while somebody lives in the room, or in a room of the building, or was promised a bed there, and says who; and while the campus
    /// has buildings in use.
    /// </summary>
    public Task RetireAsync(PlaceKind kind, long id, RetirePlaceForm form, CancellationToken ct = default)
    {
        RetireRules.Demand(form);
        var because = CleanText.Clean(form.Reason);
        return kind switch
        {
            PlaceKind.Room => ActAsync(RoomAct.Retire, id, async (db, room, token) =>
            {
                DemandLiving(room);
                await PlaceRules.DemandEmptyAsync(db, claims, room, token);
                Retire(room, because);
            }, ct),
            PlaceKind.Building => WriteAsync(async (db, token) =>
            {
                var building = await FindAsync<Building>(db, id, token);
                DemandLiving(building);
                await PlaceRules.DemandEmptyAsync(db, claims, building, token);
                Retire(building, because);
                return Changed(db, id, id);
            }, ct),
            _ => WriteAsync(async (db, token) =>
            {
                var campus = await FindAsync<Campus>(db, id, token);
                DemandLiving(campus);
                await PlaceRules.DemandEmptyAsync(db, campus, token);
                Retire(campus, because);
                return Changed(db, id, 0);
            }, ct),
        };
    }

    /// <summary>恢复: refused for a room whose number another room has meanwhile, and for a building whose campus is retired.</summary>
    public Task RestoreAsync(PlaceKind kind, long id, CancellationToken ct = default) => kind switch
    {
        PlaceKind.Room => ActAsync(RoomAct.Restore, id, async (db, room, token) =>
        {
            DemandRetired(room);
            await PlaceRules.DemandFreeNumberAsync(db, room.BuildingId, room.Code, id, token);
            room.Restore();
        }, ct),
        PlaceKind.Building => WriteAsync(async (db, token) =>
        {
            var building = await FindAsync<Building>(db, id, token);
            DemandRetired(building);
            var campus = await db.Campuses.FirstAsync(c => c.Id == building.CampusId, token);
            if (campus.RetiredAt is not null) throw Rejected.Because<PlacesText>("CampusIsRetired", campus.LocalName);
            building.Restore();
            return Changed(db, id, id);
        }, ct),
        _ => WriteAsync(async (db, token) =>
        {
            var campus = await FindAsync<Campus>(db, id, token);
            DemandRetired(campus);
            campus.Restore();
            return Changed(db, id, 0);
        }, ct),
    };

    private async Task ActAsync(RoomAct act, long id, Func<LogisticsDb, Room, CancellationToken, Task> work, CancellationToken ct)
    {
        long? step = null;
        await WriteAsync(async (db, token) =>
        {
            var room = await db.Rooms.Include(r => r.Beds).FirstOrDefaultAsync(r => r.Id == id, token) ?? throw new NotFound();
            step = await undo.RecordAsync(db, act.ToString(), [id], () => work(db, room, token), token);
            return Changed(db, id, room.BuildingId);
        }, ct);
        undo.Offer(step);
    }

    private async Task<long> WriteAsync(Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(token =>
        {
            user.Actor.DemandPlacesChange();
            return work(db, token);
        }, ct);
    }

    private static async Task<long> SavedAsync(LogisticsDb db, Versioned place, long? buildingId, CancellationToken ct)
    {
        await db.SaveChangesAsync(ct);
        return Changed(db, place.Id, buildingId ?? place.Id);
    }

    private static long Changed(LogisticsDb db, long id, long buildingId)
    {
        db.Announce(new KeyChanged(PlacesTopics.Places, buildingId));
        return id;
    }

    private void Retire(NamedEntity place, string because) => place.Retire(clock.GetUtcNow(), user.PersonId, because);

    private static void Describe(Room room, RoomForm form)
    {
        room.Rename(CleanText.Clean(form.Name) is { Length: > 0 } name ? name : form.Number!, form.NameEn ?? "");
        room.Describe(form.Kind!.Value, form.Area, form.Capacity);
    }

    private static async Task<T> FindAsync<T>(LogisticsDb db, long id, CancellationToken ct) where T : NamedEntity =>
        await db.Set<T>().FirstOrDefaultAsync(x => x.Id == id, ct) ?? throw new NotFound();

    private static async Task DemandUnchangedAsync<T>(LogisticsDb db, T place, long version, CancellationToken ct) where T : NamedEntity
    {
        if (place.Version != version) throw new Stale(await db.LastChangedByAsync<T>(place.Id, ct), place.LocalName.ToString());
    }

    private static void DemandLiving(NamedEntity place)
    {
        if (place.RetiredAt is not null) throw Rejected.Because<PlacesText>("AlreadyRetired", place.LocalName);
    }

    private static void DemandRetired(NamedEntity place)
    {
        if (place.RetiredAt is null) throw Rejected.Because<PlacesText>("NotRetired", place.LocalName);
    }
}
