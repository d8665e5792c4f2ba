using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Onboarding.Leaving;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Freshmen of the open season who choose beds now, the beds of a room of their own, and a time of the desk tomorrow.</summary>
internal sealed record Newcomers(IReadOnlyList<string> Users, IReadOnlyList<long> Beds, long Time)
{
    public static string NameOf(string mark, int number) => string.Create(CultureInfo.InvariantCulture, $"新生{mark}{number}");
}

/// <summary>Somebody who lives alone in a room and leaves in a round of their own.</summary>
internal sealed record Departure(long Round, long Leaver, string User, string Name);

/// <summary>Rows that the journeys begin with, stored directly. The app of the browser tests has a real clock, so they are of today.</summary>
internal static class StorySteps
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    extension(TestApp app)
    {
        /// <summary>Puts money on the account of a person.</summary>
        public async Task TopUpAsync(string user, long fen)
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var ledger = scope.ServiceProvider.GetRequiredService<LedgerWriter>();
            await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(Ct);
            await db.WriteAsync(async token =>
            {
                var person = await db.Users.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync(token);
                var (account, cash) = (
                    await LedgerWriter.AccountAsync(db, LedgerAccount.OfPerson(person), token),
                    await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token));
                await ledger.PostAsync(
                    db, TransactionKind.TopUp, $"test:{Guid.NewGuid():N}", [(account, new Money(fen)), (cash, new Money(-fen))], token);
            }, Ct);
        }

        /// <summary>
        /// So many freshmen in a class and a building that are called by <paramref name="mark"/>; when it <paramref name="givesBeds"/>, each has a bed
        /// already. The season suggests goods.
        /// </summary>
        public async Task<Newcomers> NewcomersAsync(string mark, int count, bool givesBeds = false)
        {
            var office = app.Services.GetRequiredService<OfficeTime>();
            return await app.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var season = await db.OnboardingSeasons.SingleAsync(s => s.State == SeasonState.Open, token);
                var room = await RoomAsync(db, mark, token);
                var (day, from) = (office.Today.AddDays(1), new TimeOnly(15, 20));
                var time = await db.DeskTimes.SingleOrDefaultAsync(t => t.SeasonId == season.Id && t.Day == day && t.From == from, token);
                if (time is null) db.DeskTimes.Add(time = new DeskTime(season.Id, day, from, new TimeOnly(15, 50), 30));
                var (className, now) = ($"软件{mark}", office.Now);
                var group = new SeasonGroup(season.Id, $"软件学院{mark}", now.AddHours(-1), now.AddDays(1));
                group.SetClasses([className]);
                group.SetRooms([new GroupRooms(room.BuildingId, null, null, Gender.Unknown)]);
                db.SeasonGroups.Add(group);
                var named = Enumerable.Range(1, count).Select(n => (Newcomers.NameOf(mark, n), string.Create(CultureInfo.InvariantCulture, $"2026{mark}{n}")));
                var people = await PeopleAsync(db, named, className, token);
                foreach (var person in people) person.SetStatus(PersonStatus.Expected, now);
                await db.SaveChangesAsync(token);
                List<long> beds = [.. room.LivingBeds().Select(b => b.Id)];
                foreach (var (at, person) in people.Index())
                {
                    var freshman = new Freshman(season.Id, group.Id, person.Id, ArrivalCode.New());
                    if (givesBeds) freshman.Give(beds[at], null, now);
                    db.Freshmen.Add(freshman);
                }
                await SuggestAsync(db, season.Id, now, token);
                return new Newcomers([.. people.Select(p => p.UserName!)], beds, time.Id);
            }, Ct));
        }

        /// <summary>A resident in a building that is called by <paramref name="mark"/>, and the round in which they leave.</summary>
        public async Task<Departure> DepartureAsync(string mark)
        {
            var office = app.Services.GetRequiredService<OfficeTime>();
            return await app.InDatabaseAsync(db => db.WriteAsync(async token =>
            {
                var room = await RoomAsync(db, mark, token);
                var className = $"机械{mark}";
                var person = (await PeopleAsync(db, [($"毕业生{mark}", $"2022{mark}1")], className, token))[0];
                var bed = room.LivingBeds()[0].Id;
                await Housing.MoveAsync(db, person, room.Id, bed, office.Now, token);
                var round = new LeavingRound(new LocalName($"离校{mark}", $"Leaving {mark}"), office.Today, office.Today.AddDays(7));
                round.SetClasses([className]);
                db.LeavingRounds.Add(round);
                await db.SaveChangesAsync(token);
                var leaver = new Leaver(round.Id, person.Id, room.Id, bed);
                db.Leavers.Add(leaver);
                await db.SaveChangesAsync(token);
                return new Departure(round.Id, leaver.Id, person.UserName!, person.FullName);
            }, Ct));
        }

        /// <summary>A freshman as stored.</summary>
        public Task<Freshman> FreshmanAsync(string user) => app.InDatabaseAsync(db => (
            from person in db.Users
            where person.UserName == user
            join freshman in db.Freshmen on person.Id equals freshman.PersonId
            select freshman).AsNoTracking().SingleAsync(Ct));

        /// <summary>A person as stored.</summary>
        public Task<Person> PersonAsync(string user) =>
            app.InDatabaseAsync(db => db.Users.AsNoTracking().SingleAsync(p => p.UserName == user, Ct));
    }

    /// <summary>Room 101 of a new building, with four beds.</summary>
    private static async Task<Room> RoomAsync(LogisticsDb db, string mark, CancellationToken ct)
    {
        var campus = await db.Set<Campus>().OrderBy(c => c.Id).FirstAsync(ct);
        var building = new Building(campus, mark, $"迎新{mark}号楼", $"Hall {mark}", BuildingKind.Dormitory);
        var room = new Room(building, 1, "101", "101", 4);
        db.Set<Building>().Add(building);
        db.Set<Room>().Add(room);
        await db.SaveChangesAsync(ct);
        return room;
    }

    /// <summary>Residents of a class who sign in with their number and the password of the tests.</summary>
    private static async Task<List<Person>> PeopleAsync(
        LogisticsDb db, IEnumerable<(string Name, string Number)> named, string className, CancellationToken ct)
    {
        var hash = await db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.PasswordHash).SingleAsync(ct);
        List<Person> people = [];
        foreach (var (name, number) in named)
        {
            var person = new Person(number, name, number) { PasswordHash = hash };
            person.SetStudies(Gender.Male, "软件学院", "软件工程", className, Intake.Grade);
            people.Add(person);
        }
        db.Users.AddRange(people);
        await db.SaveChangesAsync(ct);
        foreach (var person in people) db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)Role.Resident });
        return people;
    }

    /// <summary>A thing that freshmen are to order, once for all tests of the app.</summary>
    private static async Task SuggestAsync(LogisticsDb db, long season, DateTimeOffset now, CancellationToken ct)
    {
        if (await db.SeasonItems.AnyAsync(i => i.SeasonId == season, ct)) return;
        var lamp = ShelfItem.Goods("YX-1", new LocalName("台灯", "Desk lamp"), Money.FromYuan(20), null, now);
        db.ShelfItems.Add(lamp);
        await db.SaveChangesAsync(ct);
        db.StockMovements.Add(lamp.Move(MovementKind.Received, 100, null, "首次入库", null, now));
        db.SeasonItems.Add(new SeasonItem(season, lamp.Id, 1));
    }
}
