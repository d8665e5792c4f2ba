using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// Undo of check-outs and of returned keys. Who left gets the earlier stay back, unless the bed was given or promised to somebody else meanwhile, or
/// people of another gender live in the room or have beds in it.
/// </summary>
public sealed class LeavingUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims, IStringLocalizer<LeavingText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(long? RoomId, long? BedId, bool HasLeft, IReadOnlyList<long> ReturnedKeys);

    protected override string Kind => "leaving";

    protected override void Demand(Actor actor) => actor.DemandCheckingIn();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var leavers = await (
            from leaver in db.Leavers.AsNoTracking()
            where EF.Parameter(ids).Contains(leaver.Id)
            join person in db.Users on leaver.PersonId equals person.Id
            select new { leaver.Id, leaver.PersonId, person.RoomId, person.BedId, HasLeft = leaver.CheckedOutAt != null }).ToListAsync(ct);
        var people = leavers.ConvertAll(l => l.PersonId);
        var keys = (await db.RoomKeys.AsNoTracking().Where(k => EF.Parameter(people).Contains(k.PersonId) && k.ReturnedAt != null).OrderBy(k => k.Id)
            .Select(k => new { k.PersonId, k.Id }).ToListAsync(ct)).ToLookup(k => k.PersonId, k => k.Id);
        return leavers.ToDictionary(l => l.Id, l => JsonSerializer.Serialize(new Memento(l.RoomId, l.BedId, l.HasLeft, [.. keys[l.PersonId]])));
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) => await (
        from leaver in db.Leavers.AsNoTracking()
        where EF.Parameter(ids).Contains(leaver.Id)
        join person in db.Users on leaver.PersonId equals person.Id
        select new { leaver.Id, person.FullName }).ToDictionaryAsync(l => l.Id, l => l.FullName, ct);

    protected override string AddressOf(long id) => LeavingAddresses.All;

    protected override string Did(string act) => words[$"LeavingAct.{act}"];

    protected override string Counted(int count) => words["UndoPeople", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Leaver>(id, ct);

    /// <summary>Keys that came back or were given back meanwhile are none of this act's and stay where they are.</summary>
    protected override string? Restorable(string before, string after, string now)
    {
        var (was, did, found) = (Read(before), Read(after), Read(now));
        if (WithoutKeys(did) != WithoutKeys(found)) return null;
        var own = did.ReturnedKeys.Except(was.ReturnedKeys);
        return JsonSerializer.Serialize(was with { ReturnedKeys = [.. found.ReturnedKeys.Except(own)] });
    }

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = Read(before);
        var leaver = await db.Leavers.FirstAsync(l => l.Id == id, ct);
        if (leaver.CheckedOutAt is not null && !was.HasLeft) await MoveBackAsync(db, leaver, was, since, now, ct);
        var taken = await db.RoomKeys.Where(k => k.PersonId == leaver.PersonId && k.ReturnedAt != null && !EF.Parameter(was.ReturnedKeys).Contains(k.Id))
            .ToListAsync(ct);
        foreach (var key in taken)
        {
            if (await db.RoomKeys.AnyAsync(k => k.RoomId == key.RoomId && k.Label == key.Label && k.ReturnedAt == null, ct))
                throw Rejected.Because<LeavingText>("KeyIsOut", key.Label);
            key.UndoReturn();
        }
        db.Announce(new KeyChanged(OnboardingTopics.Leaving, leaver.RoundId));
        db.Announce(new KeyChanged(PersonRecords.Topic, leaver.PersonId));
    }

    private static Memento Read(string stored) => JsonSerializer.Deserialize<Memento>(stored)!;

    private static string WithoutKeys(Memento memento) => JsonSerializer.Serialize(memento with { ReturnedKeys = [] });

    private async Task MoveBackAsync(LogisticsDb db, Leaver leaver, Memento was, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var person = await db.Users.FirstAsync(p => p.Id == leaver.PersonId, ct);
        var room = await db.Rooms.AsNoTracking().Where(r => r.Id == was.RoomId)
            .Select(r => new { r.BuildingId, IsInUse = r.RetiredAt == null && r.Building.RetiredAt == null }).SingleAsync(ct);
        if (!room.IsInUse) throw Rejected.Because<LeavingText>("PlaceRetired");
        if (was.BedId is { } bed)
        {
            if (!await db.Beds.AnyAsync(b => b.Id == bed && b.RetiredAt == null, ct)) throw Rejected.Because<LeavingText>("PlaceRetired");
            if (await Housing.OccupantAsync(db, bed, ct) is { } other) throw Rejected.Because<LeavingText>("BedTaken", other.FullName);
            foreach (var claim in claims)
            {
                var promised = await claim.ClaimsAsync(db, [bed], person.Id, ct);
                if (promised.TryGetValue(bed, out var name)) throw Rejected.Because<LeavingText>("BedTaken", name);
            }
        }
        var inRoom = db.Beds.Where(b => b.RoomId == was.RoomId);
        if (await inRoom.AnyAsync(ct) && !await inRoom.SuitedTo(db, person.Gender).AnyAsync(ct)) throw Rejected.Because<LeavingText>("OtherGender");
        leaver.UndoCheckOut();
        await LeavingNotices.TakeBackCheckedOutAsync(db, leaver, ct);
        await Housing.MoveBackAsync(db, person, was.RoomId, was.BedId, since, now, ct, _user.PersonId);
        db.Announce(new KeyChanged(PlacesTopics.Places, room.BuildingId));
    }
}
