using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Places.Beds;

/// <summary>
/// Gives beds to people and takes them back, each act in one write, for administrators and dispatchers; everybody else is refused as
/// Forbidden. A day is one of the office's, today unless given; it can't be in the future or before a stay that it would change.
/// </summary>
public sealed class BedService(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, OfficeTime office, IEnumerable<ICheckOutStep> steps, IEnumerable<IBedClaim> claims,
    BedsUndo undo)
{
    /// <summary>The codes of the problems that hold up a check-out; the arguments are the words and the address.</summary>
    internal const string Held = "Held", HeldAt = "HeldAt";

    private static readonly BedFormValidator Rules = new();

    /// <summary>
    /// 安排入住: gives a free bed to somebody, who moves when they live elsewhere. Refuses at its field an unknown person, a bed that is
    /// retired, that somebody has or that is promised to somebody else (and says who), and a wrong day.
    /// </summary>
    public async Task AssignAsync(long bedId, BedForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        await ActAsync(BedAct.Assign, form.PersonId!.Value, async (db, token) =>
        {
            var person = await db.Users.FirstOrDefaultAsync(p => p.Id == form.PersonId && p.RetiredAt == null, token)
                ?? throw Rejected.At<BedsText>(nameof(BedForm.PersonId), "UnknownPerson");
            await MoveInAsync(db, person, bedId, form.Day, nameof(BedForm.PersonId), token);
        }, ct);
    }

    /// <summary>调床: moves somebody to a free bed; refuses as <see cref="AssignAsync"/> does. Throws NotFound for an unknown person.</summary>
    public Task MoveAsync(long personId, long bedId, DateOnly? day = null, CancellationToken ct = default) =>
        ActAsync(BedAct.Move, personId, async (db, token) =>
            await MoveInAsync(db, await FindAsync(db, personId, token), bedId, day, nameof(BedForm.BedId), token), ct);

    /// <summary>互换: two people who both have a bed take each other's.</summary>
    public Task SwapAsync(long personId, long otherId, DateOnly? day = null, CancellationToken ct = default) =>
        ActAsync(BedAct.Swap, [personId, otherId], async (db, token) =>
        {
            var one = await FindAsync(db, personId, token);
            var other = await db.Users.FirstOrDefaultAsync(p => p.Id == otherId && p.RetiredAt == null, token)
                ?? throw Rejected.At<BedsText>(nameof(BedForm.OtherId), "UnknownPerson");
            if (one.Id == other.Id) throw Rejected.At<BedsText>(nameof(BedForm.OtherId), "SwapWithOneself");
            if (one.BedId is not { } first) throw Rejected.At<BedsText>(nameof(BedForm.PersonId), "HasNoBed", Called(one));
            if (other.BedId is not { } second) throw Rejected.At<BedsText>(nameof(BedForm.OtherId), "HasNoBed", Called(other));
            var (from, to) = (await PlaceAsync(db, first, token), await PlaceAsync(db, second, token));
            var at = await MomentAsync(db, day, [one.Id, other.Id], [first, second], token);
            await Housing.SwapAsync(db, one, other, at, token, user.PersonId);
            Announce(db, [one.Id, other.Id], [from.BuildingId, to.BuildingId]);
        }, ct);

    /// <summary>
    /// 退宿: ends somebody's stay, unless a step of another slice holds it up; then every hold is refused as a problem with its words and its
    /// address. A note is kept in the audit log of the person.
    /// </summary>
    public async Task CheckOutAsync(long personId, DateOnly? day = null, string? note = null, CancellationToken ct = default)
    {
        Rules.Demand(new BedForm { PersonId = personId, Note = note });
        await ActAsync(BedAct.CheckOut, personId, async (db, token) =>
        {
            var person = await FindAsync(db, personId, token);
            if (person.RoomId is not { } room) throw Rejected.At<BedsText>(nameof(BedForm.PersonId), "LivesNowhere", Called(person));
            List<CheckOutHold> holds = [];
            foreach (var step in steps) holds.AddRange(await step.HoldsAsync(db, personId, new HashSet<long> { personId }, token));
            if (holds.Count > 0) throw Rejected.Fields([.. holds.Select(ProblemOf)]);
            var at = await MomentAsync(db, day, [personId], [], token);
            var building = await db.Rooms.Where(r => r.Id == room).Select(r => r.BuildingId).FirstAsync(token);
            await Housing.MoveAsync(db, person, null, null, at, token, user.PersonId);
            Describe(db, person, note);
            Announce(db, [personId], [building]);
        }, ct);
    }

    /// <summary>What holds up a check-out now, for a dialog that says so before it is sent. Asked again inside the write.</summary>
    public async Task<IReadOnlyList<CheckOutHold>> HoldsAsync(long personId, CancellationToken ct = default)
    {
        user.Actor.DemandMovingResidents();
        await using var db = await databases.CreateDbContextAsync(ct);
        List<CheckOutHold> holds = [];
        foreach (var step in steps) holds.AddRange(await step.HoldsAsync(db, personId, new HashSet<long> { personId }, ct));
        return holds;
    }

    /// <summary>Name and number, because two people may have the same name.</summary>
    internal static string Called(Person person) => Called(person.FullName, person.Number);

    internal static string Called(string name, string? number) => number is null ? name : $"{name} {number}";

    private static FieldProblem ProblemOf(CheckOutHold hold) => new(
        nameof(BedForm.PersonId), hold.Address is null ? Held : HeldAt, typeof(BedsText), [hold.What, hold.Address], null);

    private Task ActAsync(BedAct act, long personId, Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct) =>
        ActAsync(act, [personId], work, ct);

    private async Task ActAsync(BedAct act, IReadOnlyCollection<long> people, Func<LogisticsDb, CancellationToken, Task> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        undo.Offer(await db.WriteAsync(token =>
        {
            user.Actor.DemandMovingResidents();
            return undo.RecordAsync(db, act.ToString(), people, () => work(db, token), token);
        }, ct));
    }

    private async Task MoveInAsync(LogisticsDb db, Person person, long bedId, DateOnly? day, string field, CancellationToken ct)
    {
        var bed = await PlaceAsync(db, bedId, ct);
        if (person.BedId == bedId) throw Rejected.At<BedsText>(field, "IsThere", Called(person));
        // Whoever came first has the bed: writes wait for each other.
        if (await Housing.OccupantAsync(db, bedId, ct) is { } other) throw Rejected.At<BedsText>(nameof(BedForm.BedId), "BedTaken", Called(other));
        foreach (var claim in claims)
        {
            if ((await claim.ClaimsAsync(db, [bedId], person.Id, ct)).TryGetValue(bedId, out var claimer))
                throw Rejected.At<BedsText>(nameof(BedForm.BedId), "BedClaimed", claimer);
        }
        var at = await MomentAsync(db, day, [person.Id], [bedId], ct);
        var left = await db.Rooms.Where(r => r.Id == person.RoomId).Select(r => r.BuildingId).ToListAsync(ct);
        await Housing.MoveAsync(db, person, bed.RoomId, bedId, at, ct, user.PersonId);
        Announce(db, [person.Id], [.. left, bed.BuildingId]);
    }

    private static async Task<Person> FindAsync(LogisticsDb db, long personId, CancellationToken ct) =>
        await db.Users.FirstOrDefaultAsync(p => p.Id == personId && p.RetiredAt == null, ct) ?? throw new NotFound();

    /// <summary>Room and building of a bed; refuses one that is no longer in use. Throws NotFound for an unknown one.</summary>
    private static async Task<(long RoomId, long BuildingId)> PlaceAsync(LogisticsDb db, long bedId, CancellationToken ct)
    {
        var bed = await db.Beds.Where(b => b.Id == bedId).Select(b => new
        {
            b.RoomId,
            b.Room.BuildingId,
            IsRetired = b.RetiredAt != null || b.Room.RetiredAt != null || b.Room.Building.RetiredAt != null || b.Room.Building.Campus.RetiredAt != null,
        }).FirstOrDefaultAsync(ct) ?? throw new NotFound();
        return bed.IsRetired ? throw Rejected.At<BedsText>(nameof(BedForm.BedId), "BedRetired") : (bed.RoomId, bed.BuildingId);
    }

    /// <summary>
    /// Now, or the beginning of an earlier day. When a stay of one of the people or in one of the beds began or ended on that very day, the
    /// next one follows it; a day before that is refused.
    /// </summary>
    private async Task<DateTimeOffset> MomentAsync(
        LogisticsDb db, DateOnly? day, IReadOnlyList<long> people, IReadOnlyList<long> beds, CancellationToken ct)
    {
        if (day is not { } chosen || chosen == office.Today) return office.Now;
        if (chosen > office.Today) throw Rejected.At<BedsText>(nameof(BedForm.Day), "DayInFuture");
        var start = office.At(chosen, TimeOnly.MinValue);
        var stays = await db.Occupancies.AsNoTracking()
            .Where(o => (people.Contains(o.PersonId) || (o.BedId != null && beds.Contains(o.BedId.Value))) && (o.From > start || o.Until > start))
            .Select(o => new { o.From, o.Until }).ToListAsync(ct);
        if (stays.Count == 0) return start;
        var latest = stays.Max(o => o.Until ?? o.From);
        return office.DayOf(latest) == chosen ? latest : throw Rejected.At<BedsText>(
            nameof(BedForm.Day), "DayBeforeStay", office.DayOf(latest).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private void Describe(LogisticsDb db, Person person, string? note)
    {
        if (CleanText.Clean(note) is not { Length: > 0 } said) return;
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(Person),
            EntityId = person.Id,
            Field = "CheckOutNote",
            New = said,
            At = office.Now,
            ActorId = user.PersonId,
        });
    }

    private static void Announce(LogisticsDb db, IEnumerable<long> people, IEnumerable<long> buildings)
    {
        foreach (var building in buildings.Distinct()) db.Announce(new KeyChanged(PlacesTopics.Places, building));
        foreach (var person in people) db.Announce(new KeyChanged(PersonRecords.Topic, person));
    }
}
