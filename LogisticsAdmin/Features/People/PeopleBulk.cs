using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.People;

/// <summary>Progress: how many of all are done.</summary>
public readonly record struct PeopleProgress(int Done, int Refused, int Total);

/// <summary>A person for whom the action was refused, and why; null when their batch failed unexpectedly.</summary>
public sealed record PersonRefused(long PersonId, string FullName, Refusal? Why);

/// <summary>The people for whom the action was done, those for whom it was refused, and how many were left when it was cancelled.</summary>
public sealed record PeopleBulkResult(IReadOnlyList<long> Done, IReadOnlyList<PersonRefused> Refused, int Remaining)
{
    /// <summary>The step to undo the action by, for thirty days; null when nothing changed or it can't be undone.</summary>
    public long? Undo { get; init; }

    /// <summary>The key of the printable codes, when codes were issued.</summary>
    public Guid? Codes { get; init; }
}

/// <summary>
/// One action for many people, by administrators. The rules of the single action apply to each person independently of the others.
/// Works in batches so that other writes run in between; cancelling stops between batches.
/// </summary>
public sealed class PeopleBulk(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, PeopleUndo undo, IssuedCodes issuedCodes, ILogger<PeopleBulk> log)
{
    private const int Batch = 100;

    private static readonly DisableFormValidator DisableRules = new();
    private static readonly ClassFormValidator ClassRules = new();

    /// <summary>Adds a role. Technicians need a crew first.</summary>
    public Task<PeopleBulkResult> AddRoleAsync(
        IReadOnlyList<long> ids, Role role, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default) =>
        ForEachAsync(PersonAct.AddRole, ids, async (db, person, token) =>
        {
            PeopleService.DemandPresent(person);
            if (role == Role.Technician && person.CrewId is null) throw Rejected.Because<PeopleText>("NeedsCrew", person.FullName);
            if (await db.UserRoles.AnyAsync(r => r.UserId == person.Id && r.RoleId == (long)role, token)) return;
            db.UserRoles.Add(PeopleService.MemberOf(person, role));
            person.RenewStamp();
        }, progress, ct);

    /// <summary>Removes a role. Refused for a person's only role and for the last administrator.</summary>
    public Task<PeopleBulkResult> RemoveRoleAsync(
        IReadOnlyList<long> ids, Role role, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default) =>
        ForEachAsync(PersonAct.RemoveRole, ids, async (db, person, token) =>
        {
            PeopleService.DemandPresent(person);
            var held = await db.UserRoles.Where(r => r.UserId == person.Id).ToListAsync(token);
            if (held.Find(r => r.RoleId == (long)role) is not { } lost) return;
            if (held.Count == 1) throw Rejected.Because<PeopleText>("OnlyRole", person.FullName);
            if (role == Role.Administrator) await PeopleService.DemandDispensableAsync(db, person, user, token);
            db.UserRoles.Remove(lost);
            if (role == Role.Technician) person.JoinCrew(null);
            person.RenewStamp();
        }, progress, ct);

    /// <summary>停用.</summary>
    public Task<PeopleBulkResult> DisableAsync(
        IReadOnlyList<long> ids, DisableForm form, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default)
    {
        DisableRules.Demand(form);
        return ForEachAsync(PersonAct.Disable, ids, (db, person, token) =>
            PeopleService.DisableAsync(db, person, form.Reason!, user, clock.GetUtcNow(), token), progress, ct);
    }

    /// <summary>启用: for disabled and graduated people.</summary>
    public Task<PeopleBulkResult> EnableAsync(IReadOnlyList<long> ids, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default) =>
        ForEachAsync(PersonAct.Enable, ids, (_, person, _) =>
        {
            PeopleService.Enable(person, clock.GetUtcNow());
            return Task.CompletedTask;
        }, progress, ct);

    /// <summary>恢复: for deleted people, except for their rooms.</summary>
    public Task<PeopleBulkResult> RestoreAsync(IReadOnlyList<long> ids, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default) =>
        ForEachAsync(PersonAct.Restore, ids, PeopleService.RestoreAsync, progress, ct);

    /// <summary>毕业: sets the status 已毕业, ends the sessions and moves the people out of their rooms.</summary>
    public Task<PeopleBulkResult> GraduateAsync(IReadOnlyList<long> ids, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default) =>
        ForEachAsync(PersonAct.Graduate, ids, async (db, person, token) =>
        {
            PeopleService.DemandPresent(person);
            if (person.Status == PersonStatus.Graduated) throw Rejected.Because<PeopleText>("MayNotSignIn", person.FullName, person.Status);
            await PeopleService.DemandDispensableAsync(db, person, user, token);
            await Housing.MoveAsync(db, person, null, null, clock.GetUtcNow(), token, user.Actor.PersonId);
            person.SetStatus(PersonStatus.Graduated, clock.GetUtcNow());
        }, progress, ct);

    /// <summary>Sets the class, the grade or both.</summary>
    public Task<PeopleBulkResult> MoveAsync(IReadOnlyList<long> ids, ClassForm form, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default)
    {
        ClassRules.Demand(form);
        var name = CleanText.Clean(form.ClassName) is { Length: > 0 } given ? given : null;
        return BatchesAsync(nameof(PersonAct.Move), PersonAct.Move, ids, async (db, batch, token) =>
        {
            var people = await db.Users.AsNoTracking().Where(p => batch.Contains(p.Id)).ToListAsync(token);
            using var writer = new BulkWriter(db);
            writer.Change(
                people.Where(p => p.RetiredAt is null),
                p => p.SetStudies(p.Gender, p.College, p.Major, name ?? p.ClassName, form.Grade ?? p.Grade), token);
            return [.. people.Where(p => p.RetiredAt is not null)
                .Select(p => new PersonRefused(p.Id, p.FullName, Rejected.Because<PeopleText>("AlreadyDeleted", p.FullName)))];
        }, progress, ct);
    }

    /// <summary>
    /// Issues one-time codes to people without a password. Only the administrator who issued them can print them, within
    /// <see cref="IssuedCodes.Lifetime"/>.
    /// </summary>
    public async Task<PeopleBulkResult> IssueCodesAsync(IReadOnlyList<long> ids, IProgress<PeopleProgress>? progress = null, CancellationToken ct = default)
    {
        Dictionary<long, IssuedCode> handed = [];
        var result = await ForEachAsync(null, ids, (_, person, _) =>
        {
            PeopleService.DemandSignIn(person);
            if (person.PasswordHash is not null) throw Rejected.Because<PeopleText>("HasPassword", person.FullName);
            handed[person.Id] = PeopleService.IssueCode(person, clock.GetUtcNow())(person);
            return Task.CompletedTask;
        }, progress, ct);
        var done = result.Done.Select(id => handed[id]).ToList();
        return result with { Codes = done.Count == 0 ? null : issuedCodes.Add(user.PersonId, done) };
    }

    private Task<PeopleBulkResult> ForEachAsync(
        PersonAct? act, IReadOnlyList<long> ids, Func<LogisticsDb, Person, CancellationToken, Task> verb,
        IProgress<PeopleProgress>? progress, CancellationToken ct) =>
        BatchesAsync(act?.ToString() ?? "given codes", act, ids, async (db, batch, token) =>
        {
            List<PersonRefused> refused = [];
            // Their sign-in names are loaded too, since deleting a person frees them.
            foreach (var person in await db.Users.Include(p => p.SignInNames).Where(p => batch.Contains(p.Id)).OrderBy(p => p.Id).ToListAsync(token))
            {
                try
                {
                    await verb(db, person, token);
                }
                catch (Rejected refusal)
                {
                    refused.Add(new PersonRefused(person.Id, person.FullName, refusal));
                }
            }
            return refused;
        }, progress, ct);

    private async Task<PeopleBulkResult> BatchesAsync(
        string what, PersonAct? act, IReadOnlyList<long> ids, Func<LogisticsDb, long[], CancellationToken, Task<IReadOnlyList<PersonRefused>>> work,
        IProgress<PeopleProgress>? progress, CancellationToken ct)
    {
        user.Actor.DemandPeople();
        if (ids.Count > PeopleFilter.MaxChosen) throw Rejected.Because<PeopleText>("TooMany", PeopleFilter.MaxChosen);
        List<long> done = [];
        List<PersonRefused> refused = [];
        long? step = null;
        var all = ids.Distinct().ToList();
        foreach (var batch in all.Chunk(Batch))
        {
            if (ct.IsCancellationRequested) break;
            try
            {
                (var refusals, step) = await WriteAsync(act, batch, step, work);
                refused.AddRange(refusals);
                done.AddRange(batch.Except(refusals.Select(r => r.PersonId)));
            }
            catch (Exception e) when (e is not Refusal)
            {
                // The transaction was rolled back: everybody in this batch counts as refused, and the next batches continue.
                log.ChangingFailed(e, what, batch.Length);
                refused.AddRange(batch.Select(id => new PersonRefused(id, "", null)));
            }
            progress?.Report(new PeopleProgress(done.Count, refused.Count, all.Count));
            // SQLite's calls end synchronously: without a pause the page would show no progress, and take no click to stop, until all is done.
            await Task.Yield();
        }
        var left = all.Count - done.Count - refused.Count;
        log.ChangedMany(what, user.ActorOrNull?.PersonId, done.Count, refused.Count, left);
        undo.Offer(step);
        return new PeopleBulkResult(done, refused, left) { Undo = step };
    }

    private async Task<(IReadOnlyList<PersonRefused> Refused, long? Step)> WriteAsync(
        PersonAct? act, long[] batch, long? step, Func<LogisticsDb, long[], CancellationToken, Task<IReadOnlyList<PersonRefused>>> work)
    {
        await using var db = await databases.CreateDbContextAsync(CancellationToken.None);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandPeople();
            IReadOnlyList<PersonRefused> refused = [];
            if (act is null) refused = await work(db, batch, token);
            else step = await undo.RecordAsync(db, $"{act}", batch, async () => refused = await work(db, batch, token), token, isBulk: true, step);
            db.Announce(new KeyChanged(PersonRecords.Topic, 0));
            return (refused, step);
        }, CancellationToken.None);
    }
}
