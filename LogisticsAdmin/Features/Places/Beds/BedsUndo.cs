using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>
/// Undo of a move or a swap: people get their earlier stays back, unless somebody else has the bed now or it is no longer in use.
/// </summary>
public sealed class BedsUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims, IStringLocalizer<BedsText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(long? RoomId, long? BedId);

    protected override string Kind => "beds";

    protected override void Demand(Actor actor) => actor.DemandMovingResidents();

    protected override Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.RoomId, p.BedId })
            .ToDictionaryAsync(p => p.Id, p => JsonSerializer.Serialize(new Memento(p.RoomId, p.BedId)), ct);

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);

    protected override string AddressOf(long id) => "places";

    protected override string Did(string act) => words[$"Done.{act}"];

    protected override string Counted(int count) => words["UndoPeople", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Person>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var person = await db.Users.FirstAsync(p => p.Id == id, ct);
        var buildings = await db.Rooms.Where(r => r.Id == person.RoomId || r.Id == was.RoomId)
            .Select(r => new { r.Id, r.BuildingId, IsInUse = r.RetiredAt == null && r.Building.RetiredAt == null }).ToListAsync(ct);
        if (buildings.Exists(b => b.Id == was.RoomId && !b.IsInUse)) throw Rejected.Because<BedsText>("RoomRetired");
        if (was.BedId is { } bed)
        {
            if (!await db.Beds.AnyAsync(b => b.Id == bed && b.RetiredAt == null, ct)) throw Rejected.Because<BedsText>("BedRetired");
            if (await Housing.OccupantAsync(db, bed, ct) is { } other && other.Id != id)
            {
                if (!await HaveSwappedAsync(db, id, other.Id, since, ct)) throw Rejected.Because<BedsText>("BedTaken", BedService.Called(other));
                // Both at once, because each has the other's bed; of the other there is nothing left to do then.
                var partner = await db.Users.FirstAsync(p => p.Id == other.Id, ct);
                await Housing.SwapBackAsync(db, person, partner, await BeganAsync(db, id, since, ct), now, ct, _user.PersonId);
                Announce(db, buildings.Select(b => b.BuildingId), id, other.Id);
                return;
            }
            if (bed != person.BedId && await claims.ClaimedByAsync(db, bed, id, ct) is { } whose) throw Rejected.Because<BedsText>("BedTaken", whose);
        }
        await Housing.MoveBackAsync(db, person, was.RoomId, was.BedId, await BeganAsync(db, id, since, ct), now, ct, _user.PersonId);
        Announce(db, buildings.Select(b => b.BuildingId), id);
    }

    private static void Announce(LogisticsDb db, IEnumerable<long> buildings, params IEnumerable<long> people)
    {
        foreach (var building in buildings.Distinct()) db.Announce(new KeyChanged(PlacesTopics.Places, building));
        foreach (var person in people) db.Announce(new KeyChanged(PersonRecords.Topic, person));
    }

    /// <summary>Whether the step that is undone is a swap of these two.</summary>
    private static Task<bool> HaveSwappedAsync(LogisticsDb db, long one, long other, DateTimeOffset since, CancellationToken ct)
    {
        const string swap = nameof(BedAct.Swap);
        return db.UndoSteps.AnyAsync(
            s => s.Act == swap && s.Begun == since && s.Items.Any(i => i.EntityId == one) && s.Items.Any(i => i.EntityId == other), ct);
    }

    /// <summary>When the latest stay began or ended: before the act itself where it was dated back.</summary>
    private static async Task<DateTimeOffset> BeganAsync(LogisticsDb db, long personId, DateTimeOffset since, CancellationToken ct)
    {
        var stays = await db.Occupancies.AsNoTracking().Where(o => o.PersonId == personId).Select(o => new { o.From, o.Until }).ToListAsync(ct);
        var moment = stays.Find(o => o.Until is null)?.From ?? stays.Max(o => o.Until) ?? since;
        return moment < since ? moment : since;
    }
}
