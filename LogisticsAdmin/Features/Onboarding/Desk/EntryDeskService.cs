using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>
/// What the check-in desk does with freshmen of the open season, each act in one write, for administrators and dispatchers; everybody else is
/// refused as <see cref="Forbidden"/>. Somebody who is not a freshman of this season is <see cref="NotFound"/>. Every act can be undone for a while.
/// </summary>
public sealed class EntryDeskService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, EntryBeds beds, EntryNotices notices, EntryUndo undo,
    IRepairReports repairs, IPersonalAccounts accounts)
{
    private static readonly GiveBedFormValidator BedRules = new();
    private static readonly CheckInFormValidator CheckInRules = new();
    private static readonly HandKeyFormValidator KeyRules = new();
    private static readonly WithdrawEntryFormValidator WithdrawRules = new();
    private static readonly DamageFormValidator DamageRules = new();

    /// <summary>
    /// Gives a free bed and tells the student. Refuses at its field a bed that the group is not offered, unless the form says anywhere, one in a room
    /// of another gender, one that is no longer in use, and one that somebody else has (and says who).
    /// </summary>
    public Task GiveBedAsync(long personId, GiveBedForm form, CancellationToken ct = default)
    {
        BedRules.Demand(form);
        return ActAsync(EntryAct.GiveBed, personId, async (db, freshman, person, token) =>
        {
            var had = freshman.BedId;
            var bed = await beds.DemandFreeAsync(db, form.BedId!.Value, personId, token);
            if (!await db.Beds.SuitedTo(db, person.Gender).AnyAsync(b => b.Id == bed.Id, token))
                throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "OtherGender");
            if (!form.IsAnywhere && !await db.Beds.OfferedTo(db, freshman.GroupId, person.Gender).AnyAsync(b => b.Id == bed.Id, token))
                throw Rejected.At<EntryDeskText>(nameof(GiveBedForm.BedId), "NotOffered");
            freshman.Give(bed.Id, null, office.Now);
            notices.Tell(db, personId, EntryNotificationKind.BedGiven, bed);
            return [had, bed.Id];
        }, ct);
    }

    /// <summary>
    /// 报到: the student lives in their bed from now on, is 正常 and has the keys. Refuses who has no bed, is there already or won't come; at their
    /// fields a missing reason where steps are missing, and a key that somebody else has; and a bed that somebody else has by now (and says who).
    /// </summary>
    public Task CheckInAsync(long personId, CheckInForm form, CancellationToken ct = default)
    {
        CheckInRules.Demand(form);
        return ActAsync(EntryAct.CheckIn, personId, async (db, freshman, person, token) =>
        {
            // The office has assigned a bed already.
            if (freshman.BedId is null && person.BedId is { } own) freshman.Give(own, null, office.Now);
            var missing = (await SeasonNeeds.ReadAsync(db, freshman.SeasonId, token)).MissingOf(freshman).Count(s => s != OnboardingStep.Bed);
            var (now, home) = (office.Now, person.BedId);
            freshman.CheckIn(user.PersonId, missing > 0 ? form.Because : null, now);
            if (missing > 0 && freshman.CheckedInBecause is null)
                throw Rejected.At<EntryDeskText>(nameof(CheckInForm.Because), "BecauseNeeded", missing);
            var bed = await beds.DemandFreeAsync(db, freshman.BedId!.Value, personId, token);
            await Housing.MoveAsync(db, person, bed.RoomId, bed.Id, now, token, user.PersonId);
            if (person.Status == PersonStatus.Expected) person.SetStatus(PersonStatus.Active, now);
            await HandKeysAsync(db, personId, bed.RoomId, form.KeyLabels, nameof(CheckInForm.KeyLabels), token);
            return [home, bed.Id];
        }, ct);
    }

    /// <summary>Hands over keys of the room, also after the check-in. Refuses at its field a key that somebody else has.</summary>
    public Task HandKeyAsync(long personId, HandKeyForm form, CancellationToken ct = default)
    {
        KeyRules.Demand(form);
        return ActAsync(EntryAct.HandKey, personId, async (db, freshman, person, token) =>
        {
            if (freshman.CheckedInAt is null || person.RoomId is not { } room) throw Rejected.Because<EntryDeskText>("NotThere");
            await HandKeysAsync(db, personId, room, form.KeyLabels, nameof(HandKeyForm.KeyLabels), token);
            return [];
        }, ct);
    }

    /// <summary>
    /// 放弃入学: the student won't come; the bed and the booked time are free, and what was paid goes back to their account. Refuses who is there already.
    /// </summary>
    public Task WithdrawAsync(long personId, WithdrawEntryForm form, CancellationToken ct = default)
    {
        WithdrawRules.Demand(form);
        return ActAsync(EntryAct.Withdraw, personId, async (db, freshman, _, token) =>
        {
            var had = freshman.BedId;
            freshman.Withdraw(form.Because!, office.Now);
            if (freshman.FeesPaidAt is not null) await accounts.RefundAsync(db, freshman.Reference, token);
            return [had];
        }, ct);
    }

    /// <summary>Comes after all, without a bed. Refuses who is expected anyhow.</summary>
    public Task ReinstateAsync(long personId, CancellationToken ct = default) => ActAsync(EntryAct.Reinstate, personId, (_, freshman, _, _) =>
    {
        if (freshman.WithdrawnAt is null) throw Rejected.Because<EntryDeskText>("IsExpected");
        EntryUndo.DemandNothingGivenBack(freshman);
        freshman.UndoWithdrawal();
        return Task.FromResult<IReadOnlyList<long?>>([]);
    }, ct);

    /// <summary>Makes a repair ticket about the room of the student's bed, in the name of whoever is at the desk, and returns its number.</summary>
    public async Task<string> ReportDamageAsync(long personId, DamageForm form, CancellationToken ct = default)
    {
        DamageRules.Demand(form);
        user.Actor.DemandCheckingIn();
        await using var db = await databases.CreateDbContextAsync(ct);
        var freshman = await db.DemandFreshmanAsync(personId, ct);
        if (!freshman.HasBed) throw Rejected.Because<SeasonsText>("HasNoBed");
        // Who has moved since is in another room.
        var room = await db.Users.Where(p => p.Id == personId).Select(p => p.RoomId).FirstAsync(ct)
            ?? (await EntryBeds.FindAsync(db, freshman.BedId!.Value, ct)).RoomId;
        return await repairs.ReportAsync(room, form.Description!.Trim(), ct);
    }

    private async Task HandKeysAsync(LogisticsDb db, long personId, long roomId, string? typed, string field, CancellationToken ct)
    {
        foreach (var label in TypedKeys.Labels(typed))
        {
            var users = db.Users;
            var holder = await db.RoomKeys.Where(k => k.RoomId == roomId && k.Label == label && k.ReturnedAt == null)
                .Select(k => new { k.PersonId, Name = users.Where(p => p.Id == k.PersonId).Select(p => p.FullName).First() }).FirstOrDefaultAsync(ct);
            if (holder is not null && holder.PersonId != personId) throw Rejected.At<EntryDeskText>(field, "KeyTaken", label, holder.Name);
            if (holder is null) db.RoomKeys.Add(new RoomKey(personId, roomId, label, user.PersonId, office.Now));
        }
    }

    /// <summary>The work returns the beds that it concerns.</summary>
    private async Task ActAsync(
        EntryAct act, long personId, Func<LogisticsDb, Freshman, Person, CancellationToken, Task<IReadOnlyList<long?>>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        undo.Offer(await db.WriteAsync(token =>
        {
            user.Actor.DemandCheckingIn();
            return undo.RecordAsync(db, act.ToString(), [personId], async () =>
            {
                var freshman = await db.DemandFreshmanAsync(personId, token);
                var person = await db.Users.FirstAsync(p => p.Id == personId, token);
                await EntryUndo.AnnounceAsync(db, personId, await work(db, freshman, person, token), token);
            }, token);
        }, ct));
    }
}
