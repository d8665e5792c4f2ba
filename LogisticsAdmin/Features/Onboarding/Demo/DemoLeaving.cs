using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Demo;

/// <summary>
/// An open round of leaving of seeds/demo-onboarding.json with a class of its own, of whom some were inspected and some have left, and requests of
/// freshmen who have arrived to change rooms. Nobody gets messages, and the audit log has no entries.
/// </summary>
internal sealed class DemoLeaving(IDbContextFactory<LogisticsDb> databases, OfficeTime office, IPasswordHasher<Person> hasher)
{
    private const int People = 18, Left = 3, Inspected = 9, Damaged = 7;

    /// <summary>Where its names begin among those of the demo: the freshmen have the first ones.</summary>
    private const int FirstName = 72;

    /// <summary>Loads it once, after the season, where there is no round and the demo's building has rooms in which nobody lives.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var file = await Seeds.ReadAsync<SeedFile>("demo-onboarding.json", ct);
        // Hashed once and outside the write, because hashing is slow by design.
        var hash = hasher.HashPassword(null!, DemoPeople.Password);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.LeavingRounds.AnyAsync(token) || await DispatcherAsync(db, token) is not { } by) return;
            await AddRoundAsync(db, file, hash, by, token);
            await AddRequestsAsync(db, file.Requests, by, token);
        }, ct);
    }

    private static Task<long?> DispatcherAsync(LogisticsDb db, CancellationToken ct) =>
        db.UserRoles.Where(r => r.RoleId == (long)Role.Dispatcher).OrderBy(r => r.UserId).Select(r => (long?)r.UserId).FirstOrDefaultAsync(ct);

    private async Task AddRoundAsync(LogisticsDb db, SeedFile file, string hash, long by, CancellationToken ct)
    {
        var (row, today, now) = (file.Leaving, office.Today, office.Now);
        var (building, floor) = (row.Building, row.Floor);
        var homes = await db.Set<Bed>().Where(b => b.RetiredAt == null && b.Room.RetiredAt == null && b.Room.Kind == RoomKind.Bedroom
                && b.Room.Building.Code == building && b.Room.Floor == floor && !db.Users.Any(p => p.RoomId == b.RoomId && p.RetiredAt == null))
            .Free(db, now).SuitedTo(db, row.Gender).OrderBy(b => b.Room.Code).ThenBy(b => b.Code).Select(b => new { b.Id, b.RoomId }).Take(People)
            .ToListAsync(ct);
        if (homes.Count < People) return;

        var grade = today.Year - 4;
        List<Person> people = [];
        foreach (var (n, home) in homes.Index())
        {
            var number = FormattableString.Invariant($"{grade}90{n + 1:000}");
            var person = new Person(number, DemoOnboarding.NameOf(file.Surnames, file.GivenNames, FirstName + n), number) { PasswordHash = hash };
            person.SetStudies(row.Gender, row.College, row.Major, row.ClassName, grade);
            if (n >= Left) person.MoveTo(home.RoomId, home.Id);
            people.Add(person);
        }
        db.Users.AddRange(people);
        var round = new LeavingRound(
            new LocalName(FormattableString.Invariant($"{today.Year}{row.Name}"), FormattableString.Invariant($"{row.NameEn} {today.Year}")),
            today.AddDays(-3), today.AddDays(10));
        round.SetClasses([row.ClassName]);
        db.LeavingRounds.Add(round);
        await db.SaveChangesAsync(ct);
        using var bulk = new BulkWriter(db);
        bulk.AddUnaudited(people.Select(p => new IdentityUserRole<long> { UserId = p.Id, RoleId = (long)Role.Resident }), ct);

        foreach (var (n, home) in homes.Index())
        {
            var person = people[n];
            var stay = new Occupancy(person.Id, home.RoomId, home.Id, now.AddDays(-400));
            if (n < Left) stay.End(now.AddDays(-1), by);
            db.Set<Occupancy>().Add(stay);

            // Those with the lowest numbers are the furthest; the last of the inspected left something broken.
            var leaver = new Leaver(round.Id, person.Id, home.RoomId, home.Id);
            var broken = n >= Damaged && n < Inspected ? row.Damages[(n - Damaged) % row.Damages.Count] : null;
            if (n < Inspected) leaver.Inspect(home.RoomId, broken?.Text, new Money(broken?.Fen ?? 0), by, now.AddDays(-2));
            if (n < Left) leaver.CheckOut(home.RoomId, home.Id, by, now.AddDays(-1));
            db.Leavers.Add(leaver);
            if (n < Left || n % 2 > 0) continue;
            db.RoomKeys.Add(new RoomKey(person.Id, home.RoomId, FormattableString.Invariant($"{n + 1:00}"), by, now.AddDays(-400)));
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>One that waits for answers, one for the office, and one that the office turned down.</summary>
    private async Task AddRequestsAsync(LogisticsDb db, RequestsRow row, long by, CancellationToken ct)
    {
        if (await db.RoomChanges.AnyAsync(ct)) return;
        var users = db.Users;
        // In the order of their numbers: the first two are of one class.
        var arrived = await db.Freshmen.Where(f => f.CheckedInAt != null)
            .Join(users.Where(p => p.BedId != null), f => f.PersonId, p => p.Id, (f, p) => p).OrderBy(p => p.Id).Take(4).ToListAsync(ct);
        if (arrived.Count < 4) return;
        var now = office.Now;
        var (swaps, other) = (arrived[0], arrived[1]);
        var asked = await RoomChangePlaces.AskedAsync(db, swaps, other, other.RoomId!.Value, ct);
        db.RoomChanges.Add(new RoomChange(await NumberAsync(db, ct), swaps.Id, other.Id, null, row.Reasons[0], asked, now.AddHours(-9)));
        foreach (var (n, person) in arrived.Skip(2).Index())
        {
            var home = await db.Rooms.Where(r => r.Id == person.RoomId).Select(r => new { r.BuildingId, r.Floor }).SingleAsync(ct);
            var bed = await RoomChangePlaces.OfferedTo(db, person, now)
                .Where(b => b.Room.BuildingId == home.BuildingId && b.Room.Floor == home.Floor && !users.Any(p => p.RoomId == b.RoomId && p.RetiredAt == null))
                .OrderByDescending(b => b.Id).Select(b => (long?)b.Id).FirstOrDefaultAsync(ct);
            if (bed is null) continue;
            var change = new RoomChange(await NumberAsync(db, ct), person.Id, null, bed, row.Reasons[(n + 1) % row.Reasons.Count], [], now.AddHours(-6 + n));
            if (n > 0) change.Refuse(by, row.Refusal, now.AddHours(-1));
            db.RoomChanges.Add(change);
        }
        await db.SaveChangesAsync(ct);
    }

    private Task<string> NumberAsync(LogisticsDb db, CancellationToken ct) => db.NextNumberAsync(RoomChangeService.Series, office.Today, ct);

    private sealed record SeedFile(LeavingRow Leaving, RequestsRow Requests, IReadOnlyList<string> Surnames, IReadOnlyList<string> GivenNames);

    private sealed record LeavingRow(
        string Name, string NameEn, string ClassName, string College, string Major, string Building, int Floor, Gender Gender,
        IReadOnlyList<DamageRow> Damages);

    private sealed record DamageRow(string Text, long Fen);

    private sealed record RequestsRow(IReadOnlyList<string> Reasons, string Refusal);
}
