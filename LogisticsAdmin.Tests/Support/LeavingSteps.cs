using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.RoomChanges;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>A building with rooms of four beds: 101 and 102 with two residents each, beds 1 and 2, and 103 without any.</summary>
internal sealed record Dormitory(long Building, IReadOnlyList<long> Rooms, IReadOnlyList<long> Beds, IReadOnlyList<long> People)
{
    public const string ClassName = "计算机2301";

    /// <summary>User names of the residents: a1 and a2 in 101, b1 and b2 in 102.</summary>
    public static readonly IReadOnlyList<string> Users = ["a1", "a2", "b1", "b2"];

    /// <summary>Of a room and a bed, both from 0.</summary>
    public long Bed(int room, int bed) => Beds[room * 4 + bed];
}

/// <summary>Steps of the tests of leaving and of room changes. Rows are stored directly.</summary>
internal static class LeavingSteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A round of the resident of the tests, so that pages of one round have something to show.</summary>
    public static async Task<int> AddFirstRoundAsync(LogisticsDb db)
    {
        if (await db.LeavingRounds.AnyAsync()) return 0;
        await db.WriteAsync(async token =>
        {
            var me = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, token);
            var by = await db.Users.Where(p => p.UserName == TestUsers.Dispatcher).Select(p => p.Id).SingleAsync(token);
            var round = new LeavingRound(new LocalName("2026届毕业生离校", "Leaving of 2026"), new DateOnly(2026, 11, 20), new DateOnly(2026, 11, 30));
            round.SetClasses([Dormitory.ClassName]);
            db.LeavingRounds.Add(round);
            await db.SaveChangesAsync(token);
            var leaver = new Leaver(round.Id, me.Id, me.RoomId, me.BedId);
            leaver.Inspect(me.RoomId!.Value, "椅子坏一把", new Money(5_000), by, TestHost.Start);
            db.Leavers.Add(leaver);
            db.RoomKeys.Add(new RoomKey(me.Id, me.RoomId!.Value, "512-1", by, TestHost.Start));
            var roommate = await db.Users.Where(p => p.RoomId == me.RoomId && p.Id != me.Id).Select(p => p.Id).FirstAsync(token);
            var bed = await db.Beds.OrderBy(b => b.Id).Select(b => b.Id).FirstAsync(token);
            db.RoomChanges.Add(new RoomChange("TD20261122-0001", roommate, null, bed, "离实验室近一些", [me.Id], TestHost.Start));
        });
        return 1;
    }

    extension(TestHost host)
    {
        public Task<Dormitory> DormitoryAsync() => host.InDatabaseAsync(DormitoryAsync);

        /// <summary>The person of a user name as stored.</summary>
        public Task<Person> PersonAsync(string user) => host.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(p => p.UserName == user, Ct));

        /// <summary>A round of the dormitory's class that the manager adds.</summary>
        public async Task<long> RoundAsync(string classes = Dormitory.ClassName) =>
            await (await host.AsAsync(TestUsers.Manager)).Get<LeavingService>().AddAsync(RoundForm(classes), Ct);

        public Task<Leaver> LeaverAsync(string user) => host.InDatabaseAsync(db => (
            from person in db.Users
            where person.UserName == user
            join leaver in db.Leavers on person.Id equals leaver.PersonId
            select leaver).AsNoTracking().SingleAsync(Ct));

        /// <summary>Says that nothing, or something, is damaged in somebody's room.</summary>
        public async Task InspectAsync(string user, decimal? amount = null)
        {
            var leaver = await host.LeaverAsync(user);
            await (await host.AsAsync(TestUsers.Dispatcher)).Get<LeavingService>().InspectAsync(leaver.Id, await host.InspectionAsync(user, amount), Ct);
        }

        /// <summary>The form as somebody sees it who opens it now.</summary>
        public async Task<InspectionForm> InspectionAsync(string user, decimal? amount = null) => new()
        {
            Version = (await host.LeaverAsync(user)).Version,
            RoomId = (await host.PersonAsync(user)).RoomId,
            Damage = amount is null ? null : "椅子坏一把",
            Amount = amount,
        };

        /// <summary>Messages about leaving that somebody has, the first one first.</summary>
        public Task<List<InboxItem>> ToldOfLeavingAsync(string user) => host.InDatabaseAsync(db => (
            from item in db.Inbox.AsNoTracking()
            join person in db.Users on item.PersonId equals person.Id
            where person.UserName == user && LeavingNotificationKind.All.Contains(item.Kind)
            orderby item.Id
            select item).ToListAsync(Ct));

        public Task<long> KeyAsync(string user, string label) => host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == user, token);
            var key = new RoomKey(person.Id, person.RoomId!.Value, label, person.Id, TestHost.Start);
            db.RoomKeys.Add(key);
            await db.SaveChangesAsync(token);
            return key.Id;
        }, Ct));

        public async Task<RoomChange> ChangeAsync(string number) => await host.InDatabaseAsync(db =>
            db.RoomChanges.AsNoTracking().Include(c => c.Votes).SingleAsync(c => c.Number == number, Ct));
    }

    public static LeavingRoundForm RoundForm(string classes = Dormitory.ClassName) => new()
    {
        Name = "2026届毕业生离校",
        NameEn = "Leaving of 2026",
        FirstDay = new DateOnly(2026, 11, 20),
        LastDay = new DateOnly(2026, 11, 30),
        Classes = classes,
    };

    public static Task<Dormitory> DormitoryAsync(LogisticsDb db) => db.WriteAsync(async token =>
    {
        var campus = await db.Set<Campus>().OrderBy(c => c.Id).FirstAsync(token);
        var building = new Building(campus, "DX1", "调宿1号楼", "Dormitory 1", BuildingKind.Dormitory);
        db.Set<Building>().Add(building);
        List<Room> rooms = [new(building, 1, "101", "101", 4), new(building, 1, "102", "102", 4), new(building, 1, "103", "103", 4)];
        db.Set<Room>().AddRange(rooms);
        await db.SaveChangesAsync(token);
        List<long> beds = [.. rooms.SelectMany(r => r.LivingBeds().OrderBy(b => b.Code)).Select(b => b.Id)];
        var hash = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.PasswordHash).SingleAsync(token);
        List<Person> people = [];
        foreach (var (index, name) in Dormitory.Users.Index())
        {
            var person = new Person(name, $"住户{name}", $"2023{index + 1:0000}") { PasswordHash = hash };
            person.SetStudies(Gender.Male, "计算机学院", "软件工程", Dormitory.ClassName, 2023);
            people.Add(person);
        }
        db.Users.AddRange(people);
        await db.SaveChangesAsync(token);
        foreach (var (index, person) in people.Index())
        {
            db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Resident });
            await Housing.MoveAsync(db, person, rooms[index / 2].Id, beds[index / 2 * 4 + index % 2], TestHost.Start, token);
        }
        await db.SaveChangesAsync(token);
        return new Dormitory(building.Id, [.. rooms.Select(r => r.Id)], beds, [.. people.Select(p => p.Id)]);
    }, Ct);
}
