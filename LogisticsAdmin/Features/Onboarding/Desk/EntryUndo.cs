using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Desk;

/// <summary>
/// Undo of what the desk did with a freshman of the open season, by the id of the person: they are expected again, their bed is theirs unless
/// somebody else has it by now, the message about a bed that was given is taken back, and keys that they were given count as returned, if they are not yet.
/// </summary>
public sealed class EntryUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, EntryBeds beds, EntryNotices notices,
    IStringLocalizer<EntryDeskText> words)
    : StepUndo(databases, user, clock)
{
    private readonly CurrentUser _user = user;

    private sealed record Memento(
        long? BedId, DateTimeOffset? HeldUntil, DateTimeOffset? ChosenAt, long? FillId, long? DeskTimeId, DateTimeOffset? CheckedInAt,
        DateTimeOffset? WithdrawnAt, string? WithdrawnBecause, PersonStatus Status, long? RoomId, long? HomeBedId, IReadOnlyList<long> Keys);

    protected override string Kind => "entry-desk";

    protected override void Demand(Actor actor) => actor.DemandCheckingIn();

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var freshmen = await db.OpenFreshmen().AsNoTracking().Where(f => ids.Contains(f.PersonId)).ToListAsync(ct);
        var people = await db.Users.AsNoTracking().Where(p => ids.Contains(p.Id)).Select(p => new { p.Id, p.Status, p.RoomId, p.BedId })
            .ToDictionaryAsync(p => p.Id, ct);
        var keys = await db.RoomKeys.AsNoTracking().Where(k => ids.Contains(k.PersonId) && k.ReturnedAt == null).OrderBy(k => k.Id)
            .Select(k => new { k.PersonId, k.Id }).ToListAsync(ct);
        return freshmen.ToDictionary(f => f.PersonId, f => JsonSerializer.Serialize(new Memento(
            f.BedId, f.HeldUntil, f.ChosenAt, f.FillId, f.DeskTimeId, f.CheckedInAt, f.WithdrawnAt, f.WithdrawnBecause,
            people[f.PersonId].Status, people[f.PersonId].RoomId, people[f.PersonId].BedId,
            [.. keys.Where(k => k.PersonId == f.PersonId).Select(k => k.Id)])));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Users.Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.FullName, ct);

    protected override string AddressOf(long id) => "onboarding/desk";

    protected override string Did(string act) => words[$"EntryAct.{act}"];

    protected override string Counted(int count) => words["UndoPeople", count];

    protected override async Task<string?> LastChangedByAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        var freshman = await db.OpenFreshmen().Where(f => f.PersonId == id).Select(f => f.Id).FirstOrDefaultAsync(ct);
        return await db.LastChangedByAsync<Freshman>(freshman, ct);
    }

    /// <summary>
    /// A key that came back meanwhile stays back, and one that was handed over later stays with the student. Who got another key after the check-in is there.
    /// </summary>
    protected override string? Restorable(string before, string after, string now)
    {
        var (was, did, found) = (Read(before), Read(after), Read(now));
        if (WithoutKeys(did) != WithoutKeys(found)) return null;
        List<long> later = [.. found.Keys.Except(did.Keys)];
        if (later.Count > 0 && was.CheckedInAt is null && did.CheckedInAt is not null) throw Rejected.Because<EntryDeskText>("KeyHandedSince");
        return JsonSerializer.Serialize(was with { Keys = [.. was.Keys, .. later] });
    }

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = Read(before);
        var freshman = await db.OpenFreshmen().FirstOrDefaultAsync(f => f.PersonId == id, ct) ?? throw Rejected.Because<EntryDeskText>("NoSeason");
        var person = await db.Users.FirstAsync(p => p.Id == id, ct);
        if (was.HomeBedId is { } home && home != person.BedId) await beds.DemandFreeAsync(db, home, id, ct);
        // A hold that has ended anyway is not held again.
        var holds = was.BedId is not null && !(was.HeldUntil <= now);
        if (holds && (was.BedId != freshman.BedId || freshman.CheckedInAt is not null)) await beds.DemandFreeAsync(db, was.BedId!.Value, id, ct);
        var touched = new[] { freshman.BedId, was.BedId, person.BedId, was.HomeBedId };
        if (freshman.CheckedInAt is not null && was.CheckedInAt is null)
        {
            freshman.UndoCheckIn();
            await Housing.MoveBackAsync(db, person, was.RoomId, was.HomeBedId, since, now, ct, _user.PersonId);
            person.SetStatus(was.Status, now);
        }
        if (was.WithdrawnAt is { } withdrawn && freshman.WithdrawnAt is null) freshman.Withdraw(was.WithdrawnBecause ?? "", withdrawn);
        else if (was.WithdrawnAt is null && freshman.WithdrawnAt is not null) await ComeAfterAllAsync(db, freshman, was.DeskTimeId, ct);
        var given = freshman.HasBed ? freshman.BedId : null;
        // Also where the bed that was given had been held by the student.
        if (freshman.BedId != was.BedId || freshman.HeldUntil != was.HeldUntil) RestoreBed(freshman, was, now);
        var again = freshman.HasBed ? freshman.BedId : null;
        if (given is { } bed && again != given) await notices.TakeBackAsync(db, id, bed, since, again, ct);
        foreach (var key in await db.RoomKeys.Where(k => k.PersonId == id && k.ReturnedAt == null).ToListAsync(ct))
            if (!was.Keys.Contains(key.Id)) key.Return(_user.PersonId, now);
        await AnnounceAsync(db, id, touched, ct);
    }

    private static Memento Read(string stored) => JsonSerializer.Deserialize<Memento>(stored)!;

    private static string WithoutKeys(Memento memento) => JsonSerializer.Serialize(memento with { Keys = [] });

    private static void RestoreBed(Freshman freshman, Memento was, DateTimeOffset now)
    {
        if (was.BedId is not { } bed || was.HeldUntil <= now) freshman.LeaveBed();
        else if (was.HeldUntil is { } until) freshman.Hold(bed, until);
        else freshman.Give(bed, was.FillId, was.ChosenAt ?? now);
    }

    /// <summary>Expected again, at the time that was booked if there is still room then.</summary>
    private static async Task ComeAfterAllAsync(LogisticsDb db, Freshman freshman, long? timeId, CancellationToken ct)
    {
        DemandNothingGivenBack(freshman);
        freshman.UndoWithdrawal();
        if (timeId is not { } booked || await db.DeskTimes.FirstOrDefaultAsync(t => t.Id == booked, ct) is not { } time) return;
        if (await db.Freshmen.CountAsync(f => f.DeskTimeId == booked, ct) < time.Capacity) freshman.Arrive(booked);
    }

    /// <summary>What was given back to the account can't be charged again for the same student.</summary>
    internal static void DemandNothingGivenBack(Freshman freshman)
    {
        if (freshman.FeesPaidAt is not null) throw Rejected.Because<EntryDeskText>("FeesGivenBack");
    }

    /// <summary>Tells pages that a freshman changed, and the buildings of these beds.</summary>
    internal static async Task AnnounceAsync(LogisticsDb db, long personId, IEnumerable<long?> bedIds, CancellationToken ct)
    {
        var ids = bedIds.OfType<long>().Distinct().ToList();
        foreach (var building in await db.Beds.Where(b => ids.Contains(b.Id)).Select(b => b.Room.BuildingId).Distinct().ToListAsync(ct))
        {
            db.Announce(new KeyChanged(OnboardingTopics.Beds, building));
            db.Announce(new KeyChanged(PlacesTopics.Places, building));
        }
        db.Announce(new KeyChanged(OnboardingTopics.Freshmen, personId));
        db.Announce(new KeyChanged(PersonRecords.Topic, personId));
    }
}
