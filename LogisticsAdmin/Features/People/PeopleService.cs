using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>
/// People and their accounts, for administrators only; everybody else is refused as Forbidden. A change of rights ends the open sessions
/// of the person at once.
/// </summary>
public sealed partial class PeopleService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PeopleUndo undo, IEnumerable<IPersonSection> sections,
    IEnumerable<IBedClaim> claims, ILogger<PeopleService> log)
{
    private static readonly PersonFormValidator PersonRules = new();
    private static readonly DisableFormValidator DisableRules = new();

    /// <summary>
    /// Creates a person who signs in with the returned code and then chooses a password. A name or bed that is taken is refused at its field.
    /// </summary>
    public async Task<IssuedCode> CreateAsync(PersonForm form, CancellationToken ct = default)
    {
        PersonRules.Demand(form);
        var issued = await WriteAsync("created", async (db, token) =>
        {
            var person = new Person(form.UserName!, form.FullName!, form.Number);
            Describe(person, form, clock.GetUtcNow());
            await JoinCrewAsync(db, person, form, token);
            await PersonRecords.DemandFreeNamesAsync(db, person, token, naming: true);
            var code = IssueCode(person, clock.GetUtcNow());
            db.Users.Add(person);
            await db.SaveChangesAsync(token);
            await MoveInAsync(db, person, form, token);
            foreach (var role in form.Roles.Distinct()) db.UserRoles.Add(MemberOf(person, role));
            return (person.Id, code(person));
        }, ct);
        return issued;
    }

    /// <summary>
    /// Changes name, number, contact, studies, room and bed, crew and roles. Refuses as Stale when the person changed since the form was
    /// opened, and as Rejected when a field is invalid, the person is deleted, or the last administrator would lose the role.
    /// </summary>
    public Task SaveAsync(long id, PersonForm form, CancellationToken ct = default)
    {
        PersonRules.Demand(form);
        return ActAsync(PersonAct.Edit, id, async (db, person, token) =>
        {
            if (person.Version != form.Version) throw await PersonRecords.StaleAsync(db, person, token);
            DemandPresent(person);
            Describe(person, form, clock.GetUtcNow());
            await PersonRecords.DemandFreeNamesAsync(db, person, token, naming: true);
            await MoveInAsync(db, person, form, token);
            await JoinCrewAsync(db, person, form, token);
            await ChangeRolesAsync(db, person, form.Roles, token);
        }, ct);
    }

    /// <summary>
    /// 停用: ends sessions and sign-in until somebody enables them; keeps number, names and room. Refuses oneself and the last administrator.
    /// </summary>
    public Task DisableAsync(long id, DisableForm form, CancellationToken ct = default)
    {
        DisableRules.Demand(form);
        return ActAsync(PersonAct.Disable, id, (db, person, token) => DisableAsync(db, person, form.Reason!, user, clock.GetUtcNow(), token), ct);
    }

    /// <summary>启用: sets a disabled or graduated person to 在册 again; their old password stays valid.</summary>
    public Task EnableAsync(long id, CancellationToken ct = default) => ActAsync(PersonAct.Enable, id, (_, person, _) =>
    {
        Enable(person, clock.GetUtcNow());
        return Task.CompletedTask;
    }, ct);

    /// <summary>
    /// 标记删除: ends sessions and sign-in, frees number, names and bed, keeps the history. Refuses oneself and the last administrator.
    /// </summary>
    public Task DeleteAsync(long id, DisableForm form, CancellationToken ct = default)
    {
        DisableRules.Demand(form);
        return ActAsync(PersonAct.Delete, id, async (db, person, token) =>
        {
            DemandPresent(person);
            await DemandDispensableAsync(db, person, user, token);
            var now = clock.GetUtcNow();
            await Housing.MoveAsync(db, person, null, null, now, token, user.Actor.PersonId);
            person.Retire(now, user.Actor.PersonId, form.Reason!);
        }, ct);
    }

    /// <summary>恢复: undoes a deletion, except for the room. Refuses when somebody else now uses one of their names, and says who.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) => ActAsync(PersonAct.Restore, id, RestoreAsync, ct);

    /// <summary>
    /// Makes the e-mail that a person entered themselves a sign-in name. Refuses as Stale when they entered another one meanwhile, and when
    /// somebody else signs in with it.
    /// </summary>
    public Task ConfirmEmailAsync(long id, string email, CancellationToken ct = default) => ActAsync(PersonAct.ConfirmEmail, id, async (db, person, token) =>
    {
        DemandPresent(person);
        if (person.Email != email) throw await PersonRecords.StaleAsync(db, person, token);
        person.ConfirmEmail();
        await PersonRecords.DemandFreeNamesAsync(db, person, token, naming: true);
    }, ct);

    /// <summary>Ends the old password, all passkeys and all sessions; the returned code signs in once within 72 hours.</summary>
    public Task<IssuedCode> ResetPasswordAsync(long id, CancellationToken ct = default) => WriteAsync("password reset", async (db, token) =>
    {
        var person = await FindAsync(db, id, token);
        DemandSignIn(person);
        await PersonRecords.ForgetPasskeysAsync(db, id, token);
        return (id, IssueCode(person, clock.GetUtcNow())(person));
    }, ct);

    /// <summary>Refuses deleted people: they must be restored first.</summary>
    internal static void DemandPresent(Person person)
    {
        if (person.RetiredAt is not null) throw Rejected.Because<PeopleText>("AlreadyDeleted", person.FullName);
    }

    /// <summary>Refuses people whose data was removed for good.</summary>
    internal static void DemandNamed(Person person)
    {
        if (person.AnonymisedAt is not null) throw Rejected.Because<PeopleText>("Anonymised");
    }

    /// <summary>Refuses people who may not sign in: a code would be useless.</summary>
    internal static void DemandSignIn(Person person)
    {
        DemandPresent(person);
        if (!person.MaySignIn) throw Rejected.Because<PeopleText>("MayNotSignIn", person.FullName, person.Status);
    }

    /// <summary>Refuses oneself and the last administrator. Saves first, so that earlier changes of the same write are counted.</summary>
    internal static async Task DemandDispensableAsync(LogisticsDb db, Person person, CurrentUser user, CancellationToken ct)
    {
        if (person.Id == user.Actor.PersonId) throw Rejected.Because<PeopleText>("Yourself");
        if (!await db.UserRoles.AnyAsync(r => r.UserId == person.Id && r.RoleId == (long)Role.Administrator, ct)) return;
        await db.SaveChangesAsync(ct);
        await PersonRecords.DemandAnotherAdministratorAsync(db, person.Id, ct);
    }

    internal static void Enable(Person person, DateTimeOffset now)
    {
        DemandPresent(person);
        if (person.MaySignIn) throw Rejected.Because<PeopleText>("NotDisabled", person.FullName);
        person.SetStatus(PersonStatus.Active, now);
    }

    /// <summary>Refuses before anything is changed, so that a bulk action can go on with the next person.</summary>
    internal static async Task RestoreAsync(LogisticsDb db, Person person, CancellationToken ct)
    {
        if (person.RetiredAt is null) throw Rejected.Because<PeopleText>("NotDeleted", person.FullName);
        DemandNamed(person);
        await PersonRecords.DemandFreeNamesAsync(db, person, ct, naming: true);
        person.Restore();
        // The next person of the same write must find these names taken.
        await db.SaveChangesAsync(ct);
    }

    internal static async Task DisableAsync(
        LogisticsDb db, Person person, string reason, CurrentUser user, DateTimeOffset now, CancellationToken ct)
    {
        DemandPresent(person);
        if (person.Status is PersonStatus.Disabled or PersonStatus.Graduated)
            throw Rejected.Because<PeopleText>("MayNotSignIn", person.FullName, person.Status);
        await DemandDispensableAsync(db, person, user, ct);
        person.SetStatus(PersonStatus.Disabled, now, reason);
    }

    /// <summary>Issues a one-time code. The returned function creates the slip; call it after saving, because a new person has no id before.</summary>
    internal static Func<Person, IssuedCode> IssueCode(Person person, DateTimeOffset now)
    {
        var (code, expires) = (OneTimeCode.New(), now + OneTimeCode.Lifetime);
        person.SetOneTimeCode(OneTimeCode.Hash(code), expires);
        return saved => new IssuedCode(saved.Id, saved.FullName, saved.UserName!, code, expires);
    }

    private async Task ActAsync(PersonAct act, long id, Func<LogisticsDb, Person, CancellationToken, Task> work, CancellationToken ct) =>
        undo.Offer(await WriteAsync(act.ToString(), async (db, token) =>
        {
            var person = await FindAsync(db, id, token);
            return (id, await undo.RecordAsync(db, act.ToString(), [id], () => work(db, person, token), token));
        }, ct));

    private async Task<T> WriteAsync<T>(string what, Func<LogisticsDb, CancellationToken, Task<(long Id, T Result)>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (id, result) = await db.WriteAsync(async token =>
        {
            user.Actor.DemandPeople();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(PersonRecords.Topic, changed.Id));
            return changed;
        }, ct);
        log.Changed(what, id, user.ActorOrNull?.PersonId);
        return result;
    }

    private static async Task<Person> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.Users.Include(p => p.SignInNames).FirstOrDefaultAsync(p => p.Id == id, ct) ?? throw new NotFound();

    private static void Describe(Person person, PersonForm form, DateTimeOffset now)
    {
        person.Describe(form.FullName!, form.Number, form.Phone, form.Email);
        person.SetStudies(form.Gender, form.College, form.Major, form.ClassName, form.Grade);
        if (person.MaySignIn) person.SetStatus(form.Status, now);
    }

    private async Task MoveInAsync(LogisticsDb db, Person person, PersonForm form, CancellationToken ct)
    {
        if (form.RoomId == person.RoomId && form.BedId == person.BedId) return;
        if (form.RoomId is { } room && room != person.RoomId && !await db.Rooms.Living().AnyAsync(r => r.Id == room && r.Building.RetiredAt == null, ct))
            throw Rejected.At<PeopleText>(nameof(PersonForm.RoomId), "UnknownRoom");
        if (form.BedId is { } bed)
        {
            if (!await db.Beds.Living().AnyAsync(b => b.Id == bed && b.RoomId == form.RoomId, ct))
                throw Rejected.At<PeopleText>(nameof(PersonForm.BedId), "UnknownBed");
            if (await Housing.OccupantAsync(db, bed, ct) is { } other && other.Id != person.Id)
                throw Rejected.At<PeopleText>(nameof(PersonForm.BedId), "BedTaken", other.FullName);
            if (bed != person.BedId && await claims.ClaimedByAsync(db, bed, person.Id, ct) is { } whose)
                throw Rejected.At<PeopleText>(nameof(PersonForm.BedId), "BedTaken", whose);
        }
        await Housing.MoveAsync(db, person, form.RoomId, form.BedId, clock.GetUtcNow(), ct, user.Actor.PersonId);
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

    internal static IdentityUserRole<long> MemberOf(Person person, Role role) => new()
    {
        UserId = person.Id,
        RoleId = (long)role,
    };
}
