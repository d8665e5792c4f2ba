using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Office;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Demo;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Office;

/// <summary>What a Production start brings, and what it does not.</summary>
public sealed class NewOfficeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_production_start_brings_suggestions_and_no_place_crew_part_or_person()
    {
        var directory = TestHost.NewDirectory();
        await using (var app = await TestApp.StartAsync(environment: "Production", storage: directory))
        {
            var counts = await app.InDatabaseAsync(async db => new[]
            {
                await db.Campuses.CountAsync(Ct), await db.Buildings.CountAsync(Ct), await db.Rooms.CountAsync(Ct), await db.Centres.CountAsync(Ct),
                await db.Crews.CountAsync(Ct), await db.Parts.CountAsync(Ct), await db.LabourRates.CountAsync(Ct), await db.Users.CountAsync(Ct),
                await db.RepairTickets.CountAsync(Ct), await db.CalendarSpans.CountAsync(s => s.Kind == SpanKind.TermBreak, Ct),
            });
            Assert.All(counts, count => Assert.Equal(0, count));
            var suggested = await app.InDatabaseAsync(async db => new[]
            {
                await db.Categories.CountAsync(c => c.ParentId != null, Ct), await db.ServiceLevels.CountAsync(Ct), await db.EscalationSteps.CountAsync(Ct),
                await db.OfficeSlots.CountAsync(Ct), await db.VisitSlots.CountAsync(Ct), await db.CannedReplies.CountAsync(Ct),
            });
            Assert.All(suggested, count => Assert.True(count > 0));
            Assert.Equal(0, await app.InDatabaseAsync(db => db.Categories.CountAsync(c => c.DefaultCrewId != null, Ct)));
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task The_first_steps_say_what_is_missing_until_the_desk_is_usable()
    {
        var directory = TestHost.NewDirectory();
        await using (var app = await TestApp.StartAsync(environment: "Production", storage: directory))
        {
            await app.InDatabaseAsync(async db =>
            {
                await AddPersonAsync(db, "boss", Role.Administrator, null, null);
                return true;
            });
            var steps = (await new AppWithUsers(app).AsAsync("boss")).Get<FirstSteps>();
            Assert.Equal(["office", "places", "crews", "categories", "hours", "people"], (await steps.ReadAsync(Ct)).Select(s => s.Step.Key));
            Assert.All(await steps.ReadAsync(Ct), s => Assert.False(s.IsDone));

            await app.InDatabaseAsync(SetUpAsync);
            Assert.Equal(["office", "categories", "hours"], (await steps.ReadAsync(Ct)).Where(s => !s.IsDone).Select(s => s.Step.Key));
            await (await new AppWithUsers(app).AsAsync("boss")).Get<OfficeService>().SaveAsync(new OfficeForm { Name = "后勤处" }, Ct);
            await steps.ConfirmAsync("categories", Ct);
            await steps.ConfirmAsync("hours", Ct);
            Assert.Equal(0, await steps.CountOpenAsync(Ct));
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task Demo_tickets_live_in_an_office_of_its_own_and_without_one_say_what_they_need()
    {
        var directory = TestHost.NewDirectory();
        await using (var app = await TestApp.StartAsync(environment: "Production", storage: directory))
        {
            await using var scope = app.Services.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var demo = scope.ServiceProvider.GetRequiredService<DemoTickets>();
            Assert.Equal("NoDemoPeople", (await Assert.ThrowsAsync<Rejected>(() => demo.GenerateAsync(50, 1, 7, TestHost.Start, Ct))).Code);

            await app.InDatabaseAsync(SetUpAsync);
            var report = await demo.GenerateAsync(200, 2, 7, TestHost.Start, Ct);

            Assert.Equal(200, report.Tickets);
            var buildings = await app.InDatabaseAsync(db => db.RepairTickets.Select(t => t.BuildingId).Distinct().CountAsync(Ct));
            Assert.Equal(1, buildings);
        }
        TestHost.DropStorage(directory);
    }

    /// <summary>The smallest office: one building with two rooms, one crew, and a person for each role.</summary>
    private static async Task<bool> SetUpAsync(LogisticsDb db) => await db.WriteAsync(async ct =>
    {
        var building = new Building(new Campus("M", "本部", "Main"), "1", "一号楼", "Building 1", BuildingKind.Office);
        var room = new Room(building, 1, "101", "", 0);
        db.AddRange(room, new Room(building, 1, "102", "", 0));
        var crew = new Crew(new Centre("repair", "维修中心", "Repair centre"), "all", "维修组", "Repairs");
        db.Add(crew);
        await db.SaveChangesAsync(ct);
        foreach (var category in await db.Categories.Where(c => c.ParentId != null).ToListAsync(ct))
            category.SetDefaults(category.DefaultUrgency, crew.Id, category.Points);
        var technician = await AddPersonAsync(db, "worker", Role.Technician, crew.Id, null);
        crew.SetLead(technician.Id);
        await AddPersonAsync(db, "desk", Role.Dispatcher, null, null);
        await AddPersonAsync(db, "head", Role.Manager, null, null);
        await AddPersonAsync(db, "somebody", Role.Resident, null, room.Id);
        return true;
    }, Ct);

    private static async Task<Person> AddPersonAsync(LogisticsDb db, string userName, Role role, long? crewId, long? roomId)
    {
        var person = new Person(userName, userName, null);
        person.JoinCrew(crewId);
        person.MoveTo(roomId);
        db.Add(person);
        await db.SaveChangesAsync(Ct);
        if (roomId is { } room) db.Add(new Occupancy(person.Id, room, null, TestHost.Start));
        db.UserRoles.Add(new IdentityUserRole<long> { UserId = person.Id, RoleId = (long)role });
        await db.SaveChangesAsync(Ct);
        return person;
    }
}
