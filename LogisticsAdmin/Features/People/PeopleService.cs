using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// Who may sign in, and as what. Administrators only: everybody else is refused as Forbidden. Whatever changes somebody's rights ends
/// their open sessions in the same instant.
/// </summary>
public sealed class PeopleService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, ILogger<PeopleService> log)
{
    private static readonly PersonFormValidator PersonRules = new();
    private static readonly DisableFormValidator DisableRules = new();

    /// <summary>A window of at most <see cref="PeopleFilter.MostTaken"/> people, and how many the filter finds in all.</summary>
    public async Task<PeopleWindow> ListAsync(PeopleFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var people = Filtered(db, filter);
        var total = await people.CountAsync(ct);
        var found = await Sorted(people, filter).Skip(Math.Max(0, filter.Skip)).Take(Math.Clamp(filter.Take, 1, PeopleFilter.MostTaken)).Select(p => new
        {
            Person = p,
            BuildingId = db.Set<Room>().Where(r => r.Id == p.RoomId).Select(r => (long?)r.BuildingId).FirstOrDefault(),
            Crew = db.Set<Crew>().Where(c => c.Id == p.CrewId).Select(c => new LocalName(c.Name, c.NameEn)).FirstOrDefault(),
        }).ToListAsync(ct);
        var ids = found.Select(f => f.Person.Id).ToList();
        var roles = (await db.UserRoles.AsNoTracking().Where(r => ids.Contains(r.UserId)).ToListAsync(ct)).ToLookup(r => r.UserId, r => (Role)r.RoleId);
        return new PeopleWindow([.. found.Select(f => new PersonRow(
            f.Person.Id, f.Person.Version, f.Person.UserName!, f.Person.FullName, f.Person.Number, f.Person.PhoneNumber, f.Person.Email,
            [.. roles[f.Person.Id].Order()], f.BuildingId, f.Person.RoomId, f.Person.CrewId, f.Crew, f.Person.RetiredAt, f.Person.RetiredBecause, f.Person.PasswordHash is not null))], total);
    }

    /// <summary>Crews that a technician may join.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> CrewsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var crews = await db.Crews.AsNoTracking().Living().OrderBy(c => c.Id).Select(c => new { c.Id, c.Name, c.NameEn }).ToListAsync(ct);
        return [.. crews.Select(c => (c.Id, new LocalName(c.Name, c.NameEn)))];
    }

    /// <summary>Buildings that somebody may live in; <paramref name="kept"/> is where they live already, in use or not.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> BuildingsAsync(long? kept = null, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var buildings = await db.Buildings.AsNoTracking().Where(b => b.RetiredAt == null || b.Id == kept).OrderBy(b => b.Id).Select(b => new { b.Id, b.Name, b.NameEn }).ToListAsync(ct);
        return [.. buildings.Select(b => (b.Id, new LocalName(b.Name, b.NameEn)))];
    }

    /// <summary>Rooms of a building that somebody may live in, by floor; <paramref name="kept"/> is where they live already, in use or not.</summary>
    public async Task<IReadOnlyList<(long Id, LocalName Name)>> RoomsAsync(long buildingId, long? kept = null, CancellationToken ct = default)
    {
        user.Actor.DemandPeople();
        await using var db = await databases.CreateDbContextAsync(ct);
        var rooms = await db.Rooms.AsNoTracking().Where(r => r.BuildingId == buildingId && (r.RetiredAt == null || r.Id == kept))
            .OrderBy(r => r.Floor).ThenBy(r => r.Code).Select(r => new { r.Id, r.Name, r.NameEn }).ToListAsync(ct);
        return [.. rooms.Select(r => (r.Id, new LocalName(r.Name, r.NameEn)))];
    }

    /// <summary>Creates a person who signs in with the returned code and then chooses a password. Refuses at the field what is taken.</summary>
    public async Task<Slip> CreateAsync(PersonForm form, CancellationToken ct = default)
    {
        PersonRules.Demand(form);
        var slip = await WriteAsync("created", async (db, token) =>
        {
            var person = new Person(form.UserName!, form.FullName!, form.Number);
            person.Describe(form.FullName!, form.Number, form.Phone, form.Email);
            await JoinCrewAsync(db, person, form, token);
            await PersonRecords.DemandFreeNamesAsync(db, person, token);
            var code = HandSlip(person);
            db.Users.Add(person);
            await db.SaveChangesAsync(token);
            await MoveInAsync(db, person, form, token);
            foreach (var role in form.Roles.Distinct()) db.UserRoles.Add(MemberOf(person, role));
            return (person.Id, code(person));
        }, ct);
        return slip;
    }

    /// <summary>
    /// Changes name, number, contact, room, crew and roles. Refuses as Stale when the person changed since the form was opened, as Rejected
    /// at the field, or when the last administrator would lose the role.
    /// </summary>
    public Task SaveAsync(long id, PersonForm form, CancellationToken ct = default)
    {
        PersonRules.Demand(form);
        return WriteAsync("changed", async (db, token) =>
        {
            var person = await FindAsync(db, id, token);
            if (person.Version != form.Version) throw await PersonRecords.StaleAsync(db, person, token);
            person.Describe(form.FullName!, form.Number, form.Phone, form.Email);
            await PersonRecords.DemandFreeNamesAsync(db, person, token);
            await MoveInAsync(db, person, form, token);
            await JoinCrewAsync(db, person, form, token);
            await ChangeRolesAsync(db, person, form.Roles, token);
            return (id, true);
        }, ct);
    }

    /// <summary>停用: ends sessions and sign-in, keeps the history. Refuses oneself and the last administrator.</summary>
    public Task DisableAsync(long id, DisableForm form, CancellationToken ct = default)
    {
        DisableRules.Demand(form);
        return WriteAsync("disabled", async (db, token) =>
        {
            if (id == user.Actor.PersonId) throw Rejected.Because<PeopleText>("Yourself");
            var person = await FindAsync(db, id, token);
            if (person.RetiredAt is not null) throw Rejected.Because<PeopleText>("AlreadyDisabled", person.FullName);
            if (await db.UserRoles.AnyAsync(r => r.UserId == id && r.RoleId == (long)Role.Administrator, token))
                await PersonRecords.DemandAnotherAdministratorAsync(db, id, token);
            person.Retire(clock.GetUtcNow(), user.Actor.PersonId, form.Reason!);
            return (id, true);
        }, ct);
    }

    /// <summary>恢复: lets a disabled person in again, with their old password. Refuses when somebody else has their names by now.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => WriteAsync("restored", async (db, token) =>
    {
        var person = await FindAsync(db, id, token);
        if (person.RetiredAt is null) throw Rejected.Because<PeopleText>("NotDisabled", person.FullName);
        person.Restore();
        await PersonRecords.DemandFreeNamesAsync(db, person, token);
        return (id, true);
    }, ct);

    /// <summary>Ends the old password and all sessions; the returned code opens the door once within 72 hours.</summary>
    public Task<Slip> ResetPasswordAsync(long id, CancellationToken ct = default) => WriteAsync("password reset", async (db, token) =>
    {
        var person = await FindAsync(db, id, token);
        if (person.RetiredAt is not null) throw Rejected.Because<PeopleText>("AlreadyDisabled", person.FullName);
        return (id, HandSlip(person)(person));
    }, ct);

    private async Task<T> WriteAsync<T>(string what, Func<LogisticsDb, CancellationToken, Task<(long Id, T Result)>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, result) = await db.WriteAsync(token =>
        {
            user.Actor.DemandPeople();
            return work(db, token);
        }, ct);
        log.Changed(what, id, user.Unchecked?.PersonId);
        return result;
    }

    private static async Task<Person> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Users.Include(p => p.SignInNames).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();

    /// <summary>The code itself leaves only by the slip; the id of a new person is known after the save.</summary>
    private Func<Person, Slip> HandSlip(Person person)
    {
        var (code, expires) = (OneTimeCode.New(), clock.GetUtcNow() + OneTimeCode.Life);
        person.HandSlip(OneTimeCode.Hash(code), expires);
        return saved => new Slip(saved.Id, saved.FullName, saved.UserName!, code, expires);
    }

    private async Task MoveInAsync(LogisticsDb db, Person person, PersonForm form, CancellationToken ct)
    {
        if (form.RoomId is { } room && room != person.RoomId && !await db.Rooms.Living().AnyAsync(r => r.Id == room && r.Building.RetiredAt == null, ct))
            throw Rejected.At<PeopleText>(nameof(PersonForm.RoomId), "UnknownRoom");
        if (form.RoomId != person.RoomId) await Housing.MoveAsync(db, person, form.RoomId, null, clock.GetUtcNow(), ct);
    }

    private static async Task JoinCrewAsync(LogisticsDb db, Person person, PersonForm form, CancellationToken ct)
    {
        var crew = form.Roles.Contains(Role.Technician) ? form.CrewId : null;
        if (crew is not null && crew != person.CrewId && !await db.Crews.Living().AnyAsync(c => c.Id == crew, ct))
            throw Rejected.At<PeopleText>(nameof(PersonForm.CrewId), "UnknownCrew");
        person.JoinCrew(crew);
    }

    private static async Task ChangeRolesAsync(LogisticsDb db, Person person, IReadOnlyCollection<Role> roles, CancellationToken ct)
    {
        var held = await db.UserRoles.Where(r => r.UserId == person.Id).ToListAsync(ct);
        var lost = held.Where(h => !roles.Contains((Role)h.RoleId)).ToList();
        var won = roles.Distinct().Where(r => held.All(h => h.RoleId != (long)r)).ToList();
        if (lost.Count == 0 && won.Count == 0) return;
        if (lost.Any(l => l.RoleId == (long)Role.Administrator)) await PersonRecords.DemandAnotherAdministratorAsync(db, person.Id, ct);
        db.UserRoles.RemoveRange(lost);
        db.UserRoles.AddRange(won.Select(r => MemberOf(person, r)));
        person.RenewStamp();
    }

    private static IdentityUserRole<long> MemberOf(Person person, Role role) => new()
    {
        UserId = person.Id,
        RoleId = (long)role,
    };

    private static IQueryable<Person> Filtered(LogisticsDb db, PeopleFilter filter)
    {
        var people = db.Users.AsNoTracking();
        if (filter.State == PersonState.Active) people = people.Where(p => p.RetiredAt == null);
        if (filter.State == PersonState.Disabled) people = people.Where(p => p.RetiredAt != null);
        if (filter.Role is { } role)
        {
            var roleId = (long)role;
            people = people.Where(p => db.Set<IdentityUserRole<long>>().Any(r => r.UserId == p.Id && r.RoleId == roleId));
        }
        foreach (var word in CleanText.Code(filter.Text).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var pattern = $"%{word.Replace(@"\", @"\\").Replace("%", @"\%").Replace("_", @"\_")}%";
            people = people.Where(p => EF.Functions.Like(p.FullName, pattern, @"\") || EF.Functions.Like(p.UserName!, pattern, @"\")
                || EF.Functions.Like(p.Number!, pattern, @"\") || EF.Functions.Like(p.PhoneNumber!, pattern, @"\"));
        }
        return people;
    }

    private static IOrderedQueryable<Person> Sorted(IQueryable<Person> people, PeopleFilter filter) => ((filter.Sort, filter.Descending) switch
    {
        (PeopleSort.UserName, false) => people.OrderBy(p => p.UserName),
        (PeopleSort.UserName, true) => people.OrderByDescending(p => p.UserName),
        (PeopleSort.Number, false) => people.OrderBy(p => p.Number),
        (PeopleSort.Number, true) => people.OrderByDescending(p => p.Number),
        (_, false) => people.OrderBy(p => p.FullName),
        (_, true) => people.OrderByDescending(p => p.FullName),
    }).ThenBy(p => p.Id);
}
