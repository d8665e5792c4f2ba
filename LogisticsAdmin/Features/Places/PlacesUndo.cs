using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places;

/// <summary>Undo of changes to rooms, for administrators. Beds that were added retire again, those
/// that retired come back, and renamed ones have their codes again.</summary>
public sealed class PlacesUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims, IStringLocalizer<PlacesText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(
        string Code, string Name, string NameEn, int Floor, RoomKind Kind, decimal? Area, int? Capacity, string? Retired, IReadOnlyList<long> Beds,
        IReadOnlyList<BedMemento> Codes);

    private sealed record BedMemento(long Id, string Code, string? Because);

    protected override string Kind => "rooms";

    protected override void Demand(Actor actor) => actor.DemandPlacesChange();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var rooms = await db.Rooms.AsNoTracking().Include(r => r.Beds).Where(r => ids.Contains(r.Id)).ToListAsync(ct);
        return rooms.ToDictionary(r => r.Id, r => JsonSerializer.Serialize(new Memento(
            r.Code, r.Name, r.NameEn, r.Floor, r.Kind, r.Area, r.Capacity, r.RetiredAt is null ? null : r.RetiredBecause ?? "",
            [.. r.LivingBeds().Select(b => b.Id)], [.. r.Beds.OrderBy(b => b.Id).Select(b => new BedMemento(b.Id, b.Code, b.RetiredBecause))])));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Rooms.Where(r => ids.Contains(r.Id)).Select(r => new { r.Id, Building = r.Building.Name, r.Name })
            .ToDictionaryAsync(r => r.Id, r => $"{r.Building} {r.Name}", ct);

    protected override string AddressOf(long id) => $"places?room={id}";

    protected override string Did(string act) => words[$"RoomAct.{act}"];

    protected override string Counted(int count) => words["UndoRooms", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Room>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var room = await db.Rooms.Include(r => r.Beds).FirstAsync(r => r.Id == id, ct);
        if (was.Retired is null) await PlaceRules.DemandFreeNumberAsync(db, room.BuildingId, was.Code, id, ct);
        else await PlaceRules.DemandEmptyAsync(db, claims, room, ct);
        var added = room.LivingBeds().Where(b => !was.Beds.Contains(b.Id)).ToList();
        await PlaceRules.DemandFreeAsync(db, claims, added, ct);
        var beds = was.Codes.ToDictionary(b => b.Id);
        foreach (var bed in added) bed.Retire(now, _user.PersonId, beds.GetValueOrDefault(bed.Id)?.Because ?? RetireReasons.Undone);
        foreach (var bed in room.Beds.Where(b => beds.ContainsKey(b.Id) && b.Code != beds[b.Id].Code)) bed.Recode(beds[bed.Id].Code);
        var living = room.LivingBeds().Select(b => b.Code).ToHashSet();
        foreach (var bed in room.Beds.Where(b => b.RetiredAt is not null && was.Beds.Contains(b.Id) && living.Add(b.Code))) bed.Restore();
        room.Recode(was.Code);
        room.Rename(was.Name, was.NameEn);
        room.MoveTo(was.Floor);
        room.Describe(was.Kind, was.Area, was.Capacity);
        if (was.Retired is not null && room.RetiredAt is null) room.Retire(now, _user.PersonId, was.Retired);
        if (was.Retired is null && room.RetiredAt is not null) room.Restore();
        db.Announce(new KeyChanged(PlacesTopics.Places, room.BuildingId));
    }
}
