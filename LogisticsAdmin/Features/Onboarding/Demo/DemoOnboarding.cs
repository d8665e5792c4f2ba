using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Onboarding.Demo;

/// <summary>
/// A season of seeds/demo-onboarding.json that is open now, with three classes whose students are at different steps; the first of them signs in as
/// <see cref="UserName"/>. Nobody gets messages, and the audit log has no entries.
/// </summary>
internal sealed class DemoOnboarding(IDbContextFactory<LogisticsDb> databases, OfficeTime office, IPasswordHasher<Person> hasher)
{
    /// <summary>A student who has done nothing yet, with the password of the other demo accounts.</summary>
    public const string UserName = "freshman";

    private const int PerClass = 24;

    private static readonly TimeOnly[] Hours = [new(9, 0), new(10, 30), new(14, 0), new(15, 30)];

    /// <summary>Loads it once, where there is no season and the demo's buildings are there.</summary>
    public async Task LoadAsync(CancellationToken ct)
    {
        var file = await Seeds.ReadAsync<SeedFile>("demo-onboarding.json", ct);
        // Hashed once and outside the write, because hashing is slow by design.
        var hash = hasher.HashPassword(null!, DemoPeople.Password);
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            if (await db.OnboardingSeasons.AnyAsync(token)) return;
            var codes = file.Classes.Select(c => c.Building).Distinct().ToList();
            var buildings = await db.Set<Building>().Where(b => codes.Contains(b.Code)).ToDictionaryAsync(b => b.Code, b => b.Id, token);
            if (buildings.Count < codes.Count) return;
            var (today, now) = (office.Today, office.Now);
            var year = today.Year.ToString(CultureInfo.InvariantCulture);
            var season = new OnboardingSeason(
                new LocalName($"{year} {file.Season.Name}", $"{file.Season.NameEn} {year}"), today.Year, today.AddDays(-1), today.AddDays(2));
            season.Open(now.AddDays(-6));
            db.OnboardingSeasons.Add(season);
            await db.SaveChangesAsync(token);
            var groups = await AddGroupsAsync(db, season, file, buildings, now, token);
            await AddPartsAsync(db, season, file, today, token);
            foreach (var (row, place) in file.Classes.Select((c, i) => (c, i)))
                await AddClassAsync(db, season, groups[row.Group], file, row, place, hash, now, token);
        }, ct);
    }

    private static async Task<Dictionary<string, SeasonGroup>> AddGroupsAsync(
        LogisticsDb db, OnboardingSeason season, SeedFile file, Dictionary<string, long> buildings, DateTimeOffset now, CancellationToken ct)
    {
        Dictionary<string, SeasonGroup> groups = [];
        foreach (var rows in file.Classes.GroupBy(c => c.Group))
        {
            var group = groups[rows.Key] = new SeasonGroup(season.Id, rows.Key, now.AddDays(-5), now.AddDays(2));
            group.SetClasses(rows.Select(r => r.ClassName));
            group.SetRooms(rows.Select(r => new GroupRooms(buildings[r.Building], r.Floor, null, r.Gender)));
            db.SeasonGroups.Add(group);
        }
        await db.SaveChangesAsync(ct);
        return groups;
    }

    private static async Task AddPartsAsync(LogisticsDb db, OnboardingSeason season, SeedFile file, DateOnly today, CancellationToken ct)
    {
        foreach (var fee in file.Fees) db.SeasonFees.Add(new SeasonFee(season.Id, new LocalName(fee.Name, fee.NameEn), new Money(fee.Fen)));
        foreach (var paper in file.Papers)
            db.SeasonPapers.Add(new SeasonPaper(season.Id, new LocalName(paper.Title, paper.TitleEn), new LocalName(paper.Text, paper.TextEn)));
        foreach (var item in await db.ShelfItems.Living().Where(i => i.Shelf == ShelfKind.Goods).OrderBy(i => i.Id).Take(5).ToListAsync(ct))
            db.SeasonItems.Add(new SeasonItem(season.Id, item.Id, 1));
        for (var day = season.FirstDay; day <= season.LastDay; day = day.AddDays(1))
            foreach (var hour in Hours) db.DeskTimes.Add(new DeskTime(season.Id, day, hour, hour.AddMinutes(90), 20));
        await db.SaveChangesAsync(ct);
    }

    private static async Task AddClassAsync(
        LogisticsDb db, OnboardingSeason season, SeasonGroup group, SeedFile file, ClassRow row, int place, string hash, DateTimeOffset now,
        CancellationToken ct)
    {
        var residents = db.Users;
        var free = await db.Set<Bed>().OfferedTo(db, group.Id, row.Gender).Where(b => b.Room.Floor == row.Floor).Free(db, now)
            .OrderBy(b => b.Room.Code).ThenBy(b => b.Code).Select(b => new { b.Id, b.RoomId }).Take(PerClass).ToListAsync(ct);
        var times = await db.DeskTimes.Where(t => t.SeasonId == season.Id).OrderBy(t => t.Day).ThenBy(t => t.From).Select(t => t.Id).ToListAsync(ct);
        var papers = await db.SeasonPapers.Where(p => p.SeasonId == season.Id).Select(p => p.Id).ToListAsync(ct);
        var fees = new Money(file.Fees.Sum(f => f.Fen));
        for (var n = 0; n < PerClass; n++)
        {
            var at = place * PerClass + n;
            var number = FormattableString.Invariant($"{season.Grade}{place + 1:00}{n + 1:000}");
            var person = new Person(at == 0 ? UserName : number, NameOf(file.Surnames, file.GivenNames, at), number) { PasswordHash = hash };
            person.SetStudies(row.Gender, row.College, row.Major, row.ClassName, season.Grade);
            var (step, bed) = (at == 0 ? 0 : n % 8, n < free.Count ? free[n] : null);
            var hasArrived = step == 7 && bed is not null;
            person.SetStatus(hasArrived ? PersonStatus.Active : PersonStatus.Expected, now);
            if (hasArrived) person.MoveTo(bed!.RoomId, bed.Id);
            residents.Add(person);
            await db.SaveChangesAsync(ct);
            db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Resident });

            // Everybody is one step further than the one before, and begins anew after the last step.
            var freshman = new Freshman(season.Id, group.Id, person.Id, ArrivalCode.New());
            if (step >= 1) freshman.ConfirmData(at < file.Remarks.Count * 8 && n % 8 == 1 ? file.Remarks[at / 8 % file.Remarks.Count] : null, now.AddDays(-4));
            if (step >= 1) freshman.Wish((SleepRhythm)(n % 3), n % 4 == 1);
            if (step >= 2 && bed is not null) freshman.Give(bed.Id, null, now.AddDays(-3));
            if (step >= 3) freshman.DeferFees(fees, file.DeferReason, now.AddDays(-3));
            if (step >= 4) freshman.SettleEssentials(null, now.AddDays(-2));
            if (step >= 5) freshman.ConfirmPapers(now.AddDays(-2));
            if (step >= 6) freshman.Arrive(times[at % times.Count]);
            if (hasArrived) freshman.CheckIn(person.Id, null, now.AddHours(-20 + place));
            db.Freshmen.Add(freshman);
            await db.SaveChangesAsync(ct);
            if (step >= 5) db.PaperReceipts.AddRange(papers.Select(p => new PaperReceipt(freshman.Id, p, now.AddDays(-2))));
            if (hasArrived) db.Set<Occupancy>().Add(new Occupancy(person.Id, bed!.RoomId, bed.Id, now.AddHours(-20 + place)));
        }
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Each place in the demo has a name of its own.</summary>
    internal static string NameOf(IReadOnlyList<string> surnames, IReadOnlyList<string> givenNames, int at) =>
        surnames[at % surnames.Count] + givenNames[(at * 7 + at / surnames.Count) % givenNames.Count];

    private sealed record SeedFile(
        NameRow Season, IReadOnlyList<ClassRow> Classes, IReadOnlyList<string> Surnames, IReadOnlyList<string> GivenNames, IReadOnlyList<FeeRow> Fees,
        IReadOnlyList<PaperRow> Papers, IReadOnlyList<string> Remarks, string DeferReason);

    private sealed record NameRow(string Name, string NameEn);

    private sealed record ClassRow(string ClassName, string Group, string College, string Major, string Building, int Floor, Gender Gender);

    private sealed record FeeRow(string Name, string NameEn, long Fen);

    private sealed record PaperRow(string Title, string TitleEn, string Text, string TextEn);
}
