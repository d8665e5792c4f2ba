using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>An open season with one class that chooses now, its rooms of four beds, and its students, in the order of their numbers.</summary>
internal sealed record Intake(long Season, long Group, long Building, IReadOnlyList<long> Beds, IReadOnlyList<string> Students)
{
    public const string ClassName = "软件2601";
    public const int Grade = 2026;
}

/// <summary>Steps of the tests of check-in. Rows are stored directly.</summary>
internal static class OnboardingSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One of everything in the season that the sweeps over all pages open; a draft where there is none.</summary>
    public static async Task<int> AddFirstSeasonAsync(LogisticsDb db)
    {
        if (await db.SeasonFees.AnyAsync()) return 0;
        var building = await db.Set<Building>().OrderBy(b => b.Id).Select(b => b.Id).FirstAsync();
        await db.WriteAsync(async token =>
        {
            if (await db.OnboardingSeasons.OrderBy(s => s.Id).FirstOrDefaultAsync(token) is not { } season)
            {
                season = new OnboardingSeason(
                    new LocalName("2026级迎新", "Intake of 2026"), Intake.Grade, new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 27));
                db.OnboardingSeasons.Add(season);
                await db.SaveChangesAsync(token);
            }
            var group = new SeasonGroup(season.Id, "=软件学院", TestHost.Start, TestHost.Start.AddHours(6));
            group.SetClasses([Intake.ClassName]);
            group.SetRooms([new GroupRooms(building, 1, 4, Gender.Female)]);
            db.SeasonGroups.Add(group);
            db.SeasonFees.Add(new SeasonFee(season.Id, new LocalName("钥匙押金", "Key deposit"), Money.FromYuan(30)));
            db.SeasonPapers.Add(new SeasonPaper(season.Id, new LocalName("宿舍安全承诺书", "Safety"), new LocalName("不使用大功率电器。", "No heaters.")));
            db.DeskTimes.Add(new DeskTime(season.Id, season.FirstDay, new TimeOnly(9, 0), new TimeOnly(9, 30), 30));
        });
        return 1;
    }

    extension(TestHost host)
    {
        /// <summary>Students freshman1, freshman2 … who have not arrived, and so many free beds of a new building, for everybody.
        /// They are men; <paramref name="isMixed"/>: every other one is a woman.</summary>
        public Task<Intake> IntakeAsync(int students = 3, int beds = 8, decimal? fee = null, bool mayDefer = true, bool isMixed = false) =>
            host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var campus = await db.Set<Campus>().OrderBy(c => c.Id).FirstAsync(token);
                var building = new Building(campus, "XS1", "新生1号楼", "Freshmen 1", BuildingKind.Dormitory);
                db.Set<Building>().Add(building);
                List<Room> rooms = [];
                for (var n = 0; n * 4 < beds; n++)
                {
                    var code = (101 + n % 50 + 100 * (n / 50)).ToString(CultureInfo.InvariantCulture);
                    rooms.Add(new Room(building, 1 + n / 50, code, code, Math.Min(4, beds - n * 4)));
                }
                db.Set<Room>().AddRange(rooms);
                var season = new OnboardingSeason(
                    new LocalName("2026级迎新", "Intake of 2026"), Intake.Grade, new DateOnly(2026, 11, 25), new DateOnly(2026, 11, 27));
                if (!mayDefer) season.Describe(season.LocalName, season.Grade, season.FirstDay, season.LastDay, mayDefer: false);
                season.Open(TestHost.Start);
                db.OnboardingSeasons.Add(season);
                await db.SaveChangesAsync(token);
                var group = new SeasonGroup(season.Id, "软件学院", TestHost.Start.AddHours(-1), TestHost.Start.AddHours(6));
                group.SetClasses([Intake.ClassName]);
                group.SetRooms([new GroupRooms(building.Id, null, null, Gender.Unknown)]);
                db.SeasonGroups.Add(group);
                if (fee is { } amount) db.SeasonFees.Add(new SeasonFee(season.Id, new LocalName("钥匙押金", "Key deposit"), Money.FromYuan(amount)));
                var hash = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.PasswordHash).SingleAsync(token);
                List<Person> people = [];
                for (var n = 1; n <= students; n++)
                {
                    var (user, number) = (FormattableString.Invariant($"freshman{n}"), FormattableString.Invariant($"2026{n:0000}"));
                    var person = new Person(user, FormattableString.Invariant($"新生{n}"), number) { PasswordHash = hash };
                    person.SetStudies(isMixed && n % 2 == 0 ? Gender.Female : Gender.Male, "软件学院", "软件工程", Intake.ClassName, Intake.Grade);
                    person.SetStatus(PersonStatus.Expected, TestHost.Start);
                    people.Add(person);
                }
                db.Users.AddRange(people);
                await db.SaveChangesAsync(token);
                foreach (var person in people)
                {
                    db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Resident });
                    db.Freshmen.Add(new Freshman(season.Id, group.Id, person.Id, ArrivalCode.New()));
                }
                await db.SaveChangesAsync(token);
                return new Intake(
                    season.Id, group.Id, building.Id, [.. rooms.SelectMany(r => r.LivingBeds()).Select(b => b.Id)], [.. people.Select(p => p.UserName!)]);
            }, Ct));

        /// <summary>The freshman of a user name as stored.</summary>
        public Task<Freshman> FreshmanAsync(string user) => host.InDatabaseAsync(db => (
            from person in db.Users
            where person.UserName == user
            join freshman in db.Freshmen on person.Id equals freshman.PersonId
            select freshman).AsNoTracking().SingleAsync(Ct));
    }
}
