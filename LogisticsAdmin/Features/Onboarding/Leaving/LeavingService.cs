using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Leaving;

/// <summary>
/// Rounds of leaving, which the management changes; and inspection, damages and keys, for administrators and dispatchers. Everybody else is refused as
/// Forbidden.
/// </summary>
public sealed class LeavingService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IPersonalAccounts accounts, LeavingUndo undo)
{
    private static readonly LeavingRoundFormValidator RoundRules = new();
    private static readonly InspectionFormValidator InspectionRules = new();

    /// <summary>Adds a round with the people of its classes, tells them, and returns its id. Refuses a class that another open round has.</summary>
    public async Task<long> AddAsync(LeavingRoundForm form, CancellationToken ct = default)
    {
        RoundRules.Demand(form);
        return await WriteAsync(a => a.DemandSeasons(), async (db, token) =>
        {
            await DemandFreeClassesAsync(db, form.ClassNames, null, token);
            var round = new LeavingRound(new LocalName(form.Name!, form.NameEn ?? ""), form.FirstDay!.Value, form.LastDay!.Value);
            round.SetClasses(form.ClassNames);
            db.LeavingRounds.Add(round);
            await db.SaveChangesAsync(token);
            await EnrolAsync(db, round, token);
            return round.Id;
        }, ct);
    }

    /// <summary>
    /// Changes a round and its people, and tells those who are new; all of them when the days of an open round change. Who was inspected or has left
    /// stays in it, whatever their class. A closed round adds nobody who is in an open one.
    /// </summary>
    public async Task SaveAsync(long id, LeavingRoundForm form, CancellationToken ct = default)
    {
        RoundRules.Demand(form);
        await WriteAsync(a => a.DemandSeasons(), async (db, token) =>
        {
            var round = await FindAsync(db, id, token);
            if (round.Version != form.Version) throw new Stale(await db.LastChangedByAsync<LeavingRound>(id, token), round.LocalName.ToString());
            if (round.ClosedAt is null) await DemandFreeClassesAsync(db, form.ClassNames, id, token);
            var hasOtherDays = round.FirstDay != form.FirstDay || round.LastDay != form.LastDay;
            round.Describe(new LocalName(form.Name!, form.NameEn ?? ""), form.FirstDay!.Value, form.LastDay!.Value);
            round.SetClasses(form.ClassNames);
            // Classes are rows of their own: without this, a change to them alone would leave the version as it was.
            db.Entry(round).Property(r => r.Name).IsModified = true;
            await db.SaveChangesAsync(token);
            await EnrolAsync(db, round, token);
            if (!hasOtherDays) return id;
            await db.SaveChangesAsync(token);
            await TellAsync(db, round, token);
            return id;
        }, ct);
    }

    /// <summary>Closes a round: nothing more is done in it, it holds nobody up, and who has not read of it does not hear of it.</summary>
    public Task CloseAsync(long id, CancellationToken ct = default) => WriteAsync(a => a.DemandSeasons(), async (db, token) =>
    {
        (await FindAsync(db, id, token)).Close(office.Now);
        var people = await db.Leavers.Where(l => l.RoundId == id).Select(l => l.PersonId).ToListAsync(token);
        await LeavingNotices.TakeBackOpenedAsync(db, id, people, token);
        return id;
    }, ct);

    /// <summary>Opens a closed round again, and tells those who were not told of it. Refused when another open round has one of its classes.</summary>
    public Task ReopenAsync(long id, CancellationToken ct = default) => WriteAsync(a => a.DemandSeasons(), async (db, token) =>
    {
        var round = await FindAsync(db, id, token);
        await DemandFreeClassesAsync(db, [.. round.Classes.Select(c => c.ClassName)], id, token);
        round.Reopen();
        await TellAsync(db, round, token);
        return id;
    }, ct);

    /// <summary>Adds who moved in or changed class since, removes who changed class and was not inspected, and returns how many were added.</summary>
    public async Task<int> EnrolAsync(long id, CancellationToken ct = default)
    {
        var added = 0;
        await WriteAsync(DemandUpdating, async (db, token) =>
        {
            var round = await FindAsync(db, id, token);
            DemandOpen(round);
            added = await EnrolAsync(db, round, token);
            return id;
        }, ct);
        return added;
    }

    /// <summary>
    /// 验房: says what was found in the room where the person lives, asks for the payment of what it costs, and tells them. It can be said again until the
    /// damage is paid or the person has left. Stale when somebody inspected meanwhile, or the person moved.
    /// </summary>
    public async Task InspectAsync(long leaverId, InspectionForm form, CancellationToken ct = default)
    {
        InspectionRules.Demand(form);
        await WriteAsync(a => a.DemandCheckingIn(), async (db, token) =>
        {
            var leaver = await LeaverAsync(db, leaverId, token);
            var person = await db.Users.AsNoTracking().SingleAsync(p => p.Id == leaver.PersonId, token);
            if (leaver.CheckedOutAt is not null || person.RoomId is not { } room) throw Rejected.Because<LeavingText>("HasLeft");
            if (leaver.Version != form.Version) throw new Stale(await db.LastChangedByAsync<Leaver>(leaverId, token), person.FullName);
            // What was found in one room says nothing about the next one.
            if (form.RoomId != room) throw new Stale(await db.LastChangedByAsync<Person>(person.Id, token), person.FullName);
            var (amount, owed) = (Money.FromYuan(form.Amount ?? 0), leaver.OwesDamage ? leaver.DamageFen : 0);
            leaver.Inspect(room, form.Damage, amount, user.PersonId, office.Now);
            leaver.PayWith(amount > Money.Zero && accounts.CanAsk
                ? await accounts.AskAsync(db, leaver.PersonId, DamageReference.Of(leaver), amount, token) : null);
            if (amount.Fen != owed) await LeavingNotices.TellDamageAsync(db, leaver, office.Now, token);
            Announce(db, leaver);
            return leaver.RoundId;
        }, ct);
    }

    /// <summary>
    /// Takes the damage from the person's account. Refused when nothing is owed, the account has less, or it is another amount than was shown.
    /// </summary>
    public Task ChargeAsync(long leaverId, Money shown, CancellationToken ct = default) => WriteAsync(a => a.DemandCheckingIn(), async (db, token) =>
    {
        var leaver = await LeaverAsync(db, leaverId, token);
        if (!leaver.OwesDamage) throw Rejected.Because<LeavingText>("OwesNothing");
        if (leaver.DamageFen != shown.Fen) throw new Stale(await db.LastChangedByAsync<Leaver>(leaverId, token), null);
        // The same amount was paid for this room before they lived elsewhere: nothing would be taken now.
        if (!await accounts.ChargeAsync(db, leaver.PersonId, DamageReference.Of(leaver), new Money(leaver.DamageFen), token))
            throw Rejected.Because<LeavingText>("PaidBefore");
        leaver.PayDamage(office.Now);
        Announce(db, leaver);
        return leaver.RoundId;
    }, ct);

    /// <summary>归还钥匙, with undo. A key that was returned before stays as it is.</summary>
    public async Task ReturnKeyAsync(long leaverId, long keyId, CancellationToken ct = default)
    {
        long? step = null;
        await WriteAsync(a => a.DemandCheckingIn(), async (db, token) =>
        {
            var leaver = await LeaverAsync(db, leaverId, token);
            step = await undo.RecordAsync(db, nameof(LeavingAct.ReturnKey), [leaverId], async () =>
            {
                var key = await db.RoomKeys.SingleOrDefaultAsync(k => k.Id == keyId && k.PersonId == leaver.PersonId, token) ?? throw new NotFound();
                if (key.ReturnedAt is null) key.Return(user.PersonId, office.Now);
            }, token);
            Announce(db, leaver);
            return leaver.RoundId;
        }, ct);
        undo.Offer(step);
    }

    internal static void DemandOpen(LeavingRound round)
    {
        if (round.ClosedAt is not null) throw Rejected.Because<LeavingText>("RoundClosed");
    }

    private static void DemandUpdating(Actor actor)
    {
        if (!actor.IsManagement) actor.DemandCheckingIn();
    }

    private static async Task<LeavingRound> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.LeavingRounds.Include(r => r.Classes).SingleOrDefaultAsync(r => r.Id == id, ct) ?? throw new NotFound();

    /// <summary>Somebody of an open round. Throws NotFound.</summary>
    private static async Task<Leaver> LeaverAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        var leaver = await db.Leavers.SingleOrDefaultAsync(l => l.Id == id, ct) ?? throw new NotFound();
        DemandOpen(await db.LeavingRounds.SingleAsync(r => r.Id == leaver.RoundId, ct));
        return leaver;
    }

    private static async Task DemandFreeClassesAsync(LogisticsDb db, IReadOnlyList<string> names, long? except, CancellationToken ct)
    {
        var rounds = db.LeavingRounds;
        var taken = await db.LeavingClasses
            .Where(c => EF.Parameter(names).Contains(c.ClassName) && c.RoundId != except && rounds.Any(r => r.Id == c.RoundId && r.ClosedAt == null))
            .Select(c => c.ClassName).OrderBy(c => c).FirstOrDefaultAsync(ct);
        if (taken is not null) throw Rejected.At<LeavingText>(nameof(LeavingRoundForm.Classes), "ClassTaken", taken);
    }

    private async Task<int> EnrolAsync(LogisticsDb db, LeavingRound round, CancellationToken ct)
    {
        List<string> classes = [.. round.Classes.Select(c => c.ClassName)];
        var residents = db.UserRoles.Where(r => r.RoleId == (long)Role.Resident).Select(r => r.UserId);
        var found = await db.Users.AsNoTracking()
            .Where(p => p.RetiredAt == null && p.RoomId != null && p.ClassName != null && EF.Parameter(classes).Contains(p.ClassName)
                && residents.Contains(p.Id))
            .Select(p => new { p.Id, p.RoomId, p.BedId }).ToListAsync(ct);
        var known = await db.Leavers.Where(l => l.RoundId == round.Id).ToListAsync(ct);
        var people = db.Users;
        var elsewhere = await people.Where(p => p.RetiredAt != null || p.ClassName == null || !EF.Parameter(classes).Contains(p.ClassName))
            .Where(p => db.Set<Leaver>().Any(l => l.RoundId == round.Id && l.PersonId == p.Id)).Select(p => p.Id).ToListAsync(ct);
        var removed = known.FindAll(l => l.InspectedAt is null && l.CheckedOutAt is null && elsewhere.Contains(l.PersonId));
        var (ids, rounds) = (found.ConvertAll(p => p.Id), db.LeavingRounds);
        var others = await db.Leavers.Where(l => l.RoundId != round.Id && EF.Parameter(ids).Contains(l.PersonId)
            && rounds.Any(r => r.Id == l.RoundId && r.ClosedAt == null)).ToListAsync(ct);
        var have = known.Select(l => l.PersonId).ToHashSet();
        // Who changed class belongs to this round now, and not to another open one as well. A closed round takes nobody out of an open one.
        if (round.ClosedAt is null) removed.AddRange(others.FindAll(l => l.InspectedAt is null && l.CheckedOutAt is null));
        else have.UnionWith(others.Select(l => l.PersonId));
        db.Leavers.RemoveRange(removed);
        foreach (var some in removed.GroupBy(l => l.RoundId, l => l.PersonId)) await LeavingNotices.TakeBackOpenedAsync(db, some.Key, [.. some], ct);
        var missing = found.FindAll(p => !have.Contains(p.Id));
        db.Leavers.AddRange(missing.Select(p => new Leaver(round.Id, p.Id, p.RoomId, p.BedId)));
        if (round.ClosedAt is null) await LeavingNotices.TellOpenedAsync(db, round, missing.ConvertAll(p => p.Id), office.Now, ct);
        return missing.Count;
    }

    /// <summary>Tells those who still live in a room and have not been told of an open round and its days.</summary>
    private async Task TellAsync(LogisticsDb db, LeavingRound round, CancellationToken ct)
    {
        if (round.ClosedAt is not null) return;
        var (id, housed) = (round.Id, db.Users.Where(p => p.RetiredAt == null && p.RoomId != null));
        var people = await db.Leavers.Where(l => l.RoundId == id && l.CheckedOutAt == null && housed.Any(p => p.Id == l.PersonId))
            .Select(l => l.PersonId).ToListAsync(ct);
        await LeavingNotices.TellOpenedAsync(db, round, people, office.Now, ct);
    }

    private static void Announce(LogisticsDb db, Leaver leaver) => db.Announce(new KeyChanged(PersonRecords.Topic, leaver.PersonId));

    private async Task<long> WriteAsync(Action<Actor> demand, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            demand(user.Actor);
            var round = await work(db, token);
            db.Announce(new KeyChanged(OnboardingTopics.Leaving, round));
            return round;
        }, ct);
    }
}
