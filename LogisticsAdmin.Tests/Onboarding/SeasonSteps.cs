using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Forms of the tests of check-in seasons, and steps of their students.</summary>
internal static class SeasonSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static OnboardingSeasonForm Season(string name = "2026级补录", int grade = Intake.Grade, long version = 0) => new()
    {
        Version = version,
        Name = name,
        NameEn = "Late intake",
        Grade = grade,
        FirstDay = new DateOnly(2026, 11, 25),
        LastDay = new DateOnly(2026, 11, 27),
    };

    public static SeasonGroupForm Group(string name = "软件", long? building = null, params IEnumerable<string> classes) => new()
    {
        Name = name,
        ChoosesFrom = new DateTime(2026, 11, 22, 8, 0, 0),
        ChoosesUntil = new DateTime(2026, 11, 24, 20, 0, 0),
        Classes = [.. classes],
        Rooms = building is null ? [] : [new GroupRoomsForm { BuildingId = building }],
    };

    public static SeasonFeeForm Fee(string name = "床上用品押金", decimal amount = 50, long version = 0) =>
        new() { Version = version, Name = name, Amount = amount };

    public static SeasonPaperForm Paper(string title = "宿舍安全承诺书", long version = 0) => new() { Version = version, Title = title, Text = "不使用大功率电器。" };

    public static DeskTimeForm Time(int fromHour = 9, int untilHour = 10, int capacity = 30, int? minutes = null, long version = 0) => new()
    {
        Version = version,
        Day = new DateOnly(2026, 11, 25),
        From = new TimeOnly(fromHour, 0),
        Until = new TimeOnly(untilHour, 0),
        Capacity = capacity,
        Minutes = minutes,
    };

    extension(TestHost host)
    {
        /// <summary>Does something with the stored freshmen, in the order of their numbers.</summary>
        public Task<int> WithFreshmenAsync(Action<IReadOnlyList<Freshman>> change) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            change(await db.Freshmen.OrderBy(f => f.PersonId).ToListAsync(token));
            return 0;
        }, Ct));

        /// <summary>Somebody more who is expected, and their id.</summary>
        public Task<long> ExpectAsync(string number, string? className = Intake.ClassName, int grade = Intake.Grade, bool isResident = true) =>
            host.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var person = new Person(number, $"学生{number}", number);
                person.SetStudies(Gender.Female, "软件学院", "软件工程", className, grade);
                person.SetStatus(PersonStatus.Expected, TestHost.Start);
                db.Users.Add(person);
                await db.SaveChangesAsync(token);
                if (isResident) db.UserRoles.Add(new() { UserId = person.Id, RoleId = (long)Role.Resident });
                return person.Id;
            }, Ct));
    }
}
