using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// Undo of actions on people, for administrators. A person who moved out gets the same stay back, unless somebody else has the bed now.
/// Ended sessions stay ended.
/// </summary>
public sealed class PeopleUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, IEnumerable<IBedClaim> claims, IStringLocalizer<PeopleText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    protected override string Kind => "people";

    protected override void Demand(Actor actor) => actor.DemandPeople();

    protected override Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        PersonMemento.ReadAsync(db, ids, ct);

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);

    protected override string AddressOf(long id) => $"people/{id}";

    protected override string Did(string act) => words[$"PersonAct.{act}"];

    protected override string Counted(int count) => words["UndoPeople", count];

    protected override Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct) => db.LastChangedByAsync<Person>(id, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var (number, was) = PersonMemento.Of(before);
        var person = await db.Users.Include(p => p.SignInNames).FirstAsync(p => p.Id == id, ct);
        PeopleService.DemandNamed(person);
        var held = await db.UserRoles.Where(r => r.UserId == id).ToListAsync(ct);
        if (!was.IsDeleted) await DemandFreeNamesAsync(db, person, number, was.ConfirmedEmail, ct);
        await DemandHomeAsync(db, person, was.RoomId, was.BedId, ct);
        var staysAdministrator = !was.IsDeleted && was.Status is PersonStatus.Expected or PersonStatus.Active && was.Roles.Contains(Role.Administrator);
        if (!staysAdministrator && person.MaySignIn && held.Any(r => r.RoleId == (long)Role.Administrator))
        {
            if (id == _user.Actor.PersonId) throw Rejected.Because<PeopleText>("Yourself");
            await PersonRecords.DemandAnotherAdministratorAsync(db, id, ct);
        }

        await Housing.MoveBackAsync(db, person, was.RoomId, was.BedId, since, now, ct, _user.Actor.PersonId);
        if (!was.IsDeleted && person.RetiredAt is not null) person.Restore();
        person.Describe(was.FullName, number, was.Phone, was.Email);
        person.ConfirmEmail(!was.IsEmailUnconfirmed);
        person.SetStudies(was.Gender, was.College, was.Major, was.ClassName, was.Grade);
        person.SetStatus(was.Status, now, was.StatusBecause);
        person.JoinCrew(was.CrewId);
        if (was.IsDeleted && person.RetiredAt is null) person.Retire(now, _user.Actor.PersonId, was.DeletedBecause ?? "");
        var lost = held.Where(r => !was.Roles.Contains((Role)r.RoleId)).ToList();
        var won = was.Roles.Where(r => held.TrueForAll(h => h.RoleId != (long)r)).ToList();
        db.UserRoles.RemoveRange(lost);
        db.UserRoles.AddRange(won.Select(r => PeopleService.MemberOf(person, r)));
        if (lost.Count + won.Count > 0) person.RenewStamp();
        db.Announce(new KeyChanged(PersonRecords.Topic, id));
    }

    private static async Task DemandFreeNamesAsync(LogisticsDb db, Person person, string? number, string? email, CancellationToken ct)
    {
        var names = new[] { person.UserName, number, email }.Where(n => !string.IsNullOrEmpty(n)).Select(n => SignInName.Normalize(n!)).ToList();
        var taken = await db.Set<SignInName>().Where(n => names.Contains(n.Name) && n.PersonId != person.Id).FirstOrDefaultAsync(ct);
        if (taken is null) return;
        var holder = await db.Users.Where(p => p.Id == taken.PersonId).Select(p => p.FullName).FirstAsync(ct);
        throw Rejected.Because<PeopleText>("UndoNameTaken", taken.Name, holder);
    }

    private async Task DemandHomeAsync(LogisticsDb db, Person person, long? roomId, long? bedId, CancellationToken ct)
    {
        if (roomId == person.RoomId && bedId == person.BedId) return;
        if (roomId is { } room && !await db.Rooms.AnyAsync(r => r.Id == room && r.RetiredAt == null && r.Building.RetiredAt == null, ct))
            throw Rejected.Because<PeopleText>("UnknownRoom");
        if (bedId is not { } bed) return;
        if (!await db.Beds.AnyAsync(b => b.Id == bed && b.RetiredAt == null, ct)) throw Rejected.Because<PeopleText>("UnknownBed");
        if (await Housing.OccupantAsync(db, bed, ct) is { } other && other.Id != person.Id) throw Rejected.Because<PeopleText>("BedTaken", other.FullName);
        if (await claims.ClaimedByAsync(db, bed, person.Id, ct) is { } whose) throw Rejected.Because<PeopleText>("BedTaken", whose);
    }
}
