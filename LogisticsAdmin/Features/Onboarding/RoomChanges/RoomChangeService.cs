using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

/// <summary>
/// 调宿: residents ask, those whom it concerns answer, and administrators and dispatchers decide; everybody else is refused as Forbidden. Requests that are
/// not one's business don't exist: NotFound.
/// </summary>
public sealed class RoomChangeService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<IBedClaim> claims)
{
    public const string Series = "TD";

    /// <summary>So many requests a day, because each one asks other people.</summary>
    public const int MostPerDay = 5;

    private static readonly RoomChangeFormValidator Rules = new();
    private static readonly RoomChangeVoteFormValidator VoteRules = new();
    private static readonly RoomChangeRefusalFormValidator RefusalRules = new();

    /// <summary>
    /// Asks for a free bed or a swap, and returns the number. One request is open at a time. A number that is unknown, without a bed, of another gender or
    /// one's own is refused with the same words.
    /// </summary>
    public async Task<string> AskAsync(RoomChangeForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            user.Actor.DemandOwnOnboarding();
            var (me, now) = (user.PersonId, office.Now);
            var person = await db.Users.SingleAsync(p => p.Id == me, token);
            if (person.RoomId is null || (form.IsSwap && person.BedId is null)) throw Rejected.Because<RoomChangesText>("HasNoBed");
            if (await db.RoomChanges.AnyAsync(
                c => c.PersonId == me && (c.State == RoomChangeState.Asked || c.State == RoomChangeState.Agreed), token))
            {
                throw Rejected.Because<RoomChangesText>("HasOpen");
            }
            var since = now.AddDays(-1);
            if (await db.RoomChanges.CountAsync(c => c.PersonId == me && c.AskedAt > since, token) >= MostPerDay)
                throw Rejected.Because<RoomChangesText>("TooMany", MostPerDay);
            var other = form.IsSwap ? await OtherAsync(db, person, CleanText.Clean(form.Number), token) : null;
            var room = other?.RoomId ?? await RoomOfFreeBedAsync(db, person, form.BedId!.Value, token) ?? throw NotFree();
            var asked = await RoomChangePlaces.AskedAsync(db, person, other, room, token);
            var change = new RoomChange(
                await db.NextNumberAsync(Series, office.Today, token), person.Id, other?.Id, other is null ? form.BedId : null, form.Reason!, asked, now);
            db.RoomChanges.Add(change);
            await db.SaveChangesAsync(token);
            RoomChangeNotices.Tell(db, change, RoomChangeNotificationKind.Asked, asked, now);
            if (change.State == RoomChangeState.Agreed) await RoomChangeNotices.TellOfficeAsync(db, change, now, token);
            db.Announce(new KeyChanged(OnboardingTopics.RoomChanges, change.Id));
            return change.Number;
        }, ct);
    }

    /// <summary>Somebody who was asked agrees or not. One no ends the request; the last yes hands it to the office.</summary>
    public Task VoteAsync(long id, RoomChangeVoteForm form, CancellationToken ct = default)
    {
        VoteRules.Demand(form);
        return WriteAsync(id, a => a.DemandOwnOnboarding(), async (db, change, token) =>
        {
            var (me, now) = (user.PersonId, office.Now);
            if (change.Votes.All(v => v.PersonId != me)) throw new NotFound();
            change.Vote(me, form.Agrees!.Value, form.Because, now);
            if (change.State == RoomChangeState.Refused) RoomChangeNotices.Tell(db, change, RoomChangeNotificationKind.Refused, [change.PersonId], now);
            if (change.State != RoomChangeState.Agreed) return;
            RoomChangeNotices.Tell(db, change, RoomChangeNotificationKind.Agreed, [change.PersonId], now);
            await RoomChangeNotices.TellOfficeAsync(db, change, now, token);
        }, ct);
    }

    /// <summary>Takes one's own request back.</summary>
    public Task WithdrawAsync(long id, CancellationToken ct = default) => WriteAsync(id, a => a.DemandOwnOnboarding(), (_, change, _) =>
    {
        if (change.PersonId != user.PersonId) throw new NotFound();
        change.Withdraw(office.Now);
        return Task.CompletedTask;
    }, ct);

    /// <summary>
    /// Approves a request and moves the people in the same write. Refused when somebody moved since it was asked, the bed is not free or promised any more,
    /// or somebody lives there now who was not asked or has not agreed; and a swap to which the other one has not agreed.
    /// </summary>
    public Task ApproveAsync(long id, CancellationToken ct = default) => WriteAsync(id, a => a.DemandCheckingIn(), async (db, change, token) =>
    {
        var (by, now) = (user.PersonId, office.Now);
        change.DemandOpen();
        var person = await StayingAsync(db, change.PersonId, change.AskedAt, token);
        var other = change.OtherId is { } swapped ? await StayingAsync(db, swapped, change.AskedAt, token) : null;
        var room = other?.RoomId ?? await RoomOfFreeBedAsync(db, person, change.BedId ?? 0, token) ?? throw NotFree();
        if (other is not null && (person.BedId is null || other.BedId is null)) throw Rejected.Because<RoomChangesText>("HasMoved", person.FullName);
        if (other is not null && !(await RoomChangePlaces.SuitsAsync(db, person, room, other.Id, token)
            && await RoomChangePlaces.SuitsAsync(db, other, person.RoomId!.Value, person.Id, token)))
        {
            throw Rejected.Because<RoomChangesText>("OtherGender");
        }
        var asked = await RoomChangePlaces.AskedAsync(db, person, other, room, token);
        change.Complete(asked, by, now);
        var voters = change.Votes.Select(v => v.PersonId).ToHashSet();
        if (asked.Exists(p => !voters.Contains(p))) throw Rejected.Because<RoomChangesText>("NotAsked");
        var (from, to) = (person.RoomId!.Value, room);
        var buildings = await db.Rooms.Where(r => r.Id == from || r.Id == to).Select(r => r.BuildingId).Distinct().ToListAsync(token);
        if (other is null) await Housing.MoveAsync(db, person, room, change.BedId, now, token, by);
        else await Housing.SwapAsync(db, person, other, now, token, by);
        List<long> moved = other is null ? [person.Id] : [person.Id, other.Id];
        RoomChangeNotices.Tell(db, change, RoomChangeNotificationKind.Done, moved, now);
        foreach (var building in buildings) db.Announce(new KeyChanged(PlacesTopics.Places, building));
        foreach (var one in moved) db.Announce(new KeyChanged(PersonRecords.Topic, one));
    }, ct);

    /// <summary>The office refuses a request, with a reason that the person reads.</summary>
    public Task RefuseAsync(long id, RoomChangeRefusalForm form, CancellationToken ct = default)
    {
        RefusalRules.Demand(form);
        return WriteAsync(id, a => a.DemandCheckingIn(), (db, change, _) =>
        {
            change.Refuse(user.PersonId, form.Because!, office.Now);
            RoomChangeNotices.Tell(db, change, RoomChangeNotificationKind.Refused, [change.PersonId], office.Now);
            return Task.CompletedTask;
        }, ct);
    }

    private static Rejected NotFree() => Rejected.At<RoomChangesText>(nameof(RoomChangeForm.BedId), "BedNotFree");

    private static async Task<Person> OtherAsync(LogisticsDb db, Person person, string number, CancellationToken ct)
    {
        var residents = db.UserRoles.Where(r => r.RoleId == (long)Role.Resident).Select(r => r.UserId);
        var (me, gender) = (person.Id, person.Gender);
        return await db.Users.FirstOrDefaultAsync(p => p.Number == number && p.Id != me && p.RetiredAt == null && p.BedId != null && p.RoomId != null
            && (p.Status == PersonStatus.Expected || p.Status == PersonStatus.Active) && residents.Contains(p.Id)
            && (gender == Gender.Unknown || p.Gender == Gender.Unknown || p.Gender == gender), ct)
            ?? throw Rejected.At<RoomChangesText>(nameof(RoomChangeForm.Number), "UnknownNumber");
    }

    /// <summary>The room of a bed that the person may have; null when they may not, or when it is not free.</summary>
    private async Task<long?> RoomOfFreeBedAsync(LogisticsDb db, Person person, long bedId, CancellationToken ct)
    {
        var room = await RoomChangePlaces.OfferedTo(db, person, office.Now).Where(b => b.Id == bedId).Select(b => (long?)b.RoomId).FirstOrDefaultAsync(ct);
        return room is not null && (await RoomChangePlaces.UnclaimedAsync(db, claims, [bedId], person.Id, ct)).Count > 0 ? room : null;
    }

    /// <summary>Somebody who lives where they lived when it was asked.</summary>
    private static async Task<Person> StayingAsync(LogisticsDb db, long personId, DateTimeOffset askedAt, CancellationToken ct)
    {
        var person = await db.Users.SingleAsync(p => p.Id == personId, ct);
        if (person.RetiredAt is null && person.RoomId is not null
            && await db.Set<Occupancy>().AnyAsync(o => o.PersonId == personId && o.Until == null && o.From <= askedAt, ct))
        {
            return person;
        }
        throw Rejected.Because<RoomChangesText>("HasMoved", person.FullName);
    }

    private async Task WriteAsync(long id, Action<Actor> demand, Func<LogisticsDb, RoomChange, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            demand(user.Actor);
            var change = await db.RoomChanges.Include(c => c.Votes).SingleOrDefaultAsync(c => c.Id == id, token) ?? throw new NotFound();
            await work(db, change, token);
            db.Announce(new KeyChanged(OnboardingTopics.RoomChanges, id));
        }, ct);
    }
}
