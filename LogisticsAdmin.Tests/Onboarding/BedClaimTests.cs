using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>A bed that a freshman holds or has chosen is given to nobody else, and does not retire.</summary>
public sealed class BedClaimTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bed_that_is_held_or_chosen_is_given_to_its_freshman_only()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Hold(intake.Beds[1], TestHost.Start.AddMinutes(10));
        });
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var (stranger, own) = (await BedTests.PersonAsync(host, "张一"), (await host.FreshmanAsync("freshman1")).PersonId);

        foreach (var (bed, name) in new[] { (intake.Beds[0], "新生1 20260001"), (intake.Beds[1], "新生2 20260002") })
        {
            var problem = Assert.Single((await Assert.ThrowsAsync<Rejected>(() => beds.AssignAsync(bed, new BedForm { PersonId = stranger }, Ct))).Problems);
            Assert.Equal((nameof(BedForm.BedId), "BedClaimed", name), (problem.Field, problem.Code, Assert.Single(problem.Args)));
        }
        await beds.AssignAsync(intake.Beds[2], new BedForm { PersonId = stranger }, Ct);
        Assert.Equal("BedClaimed", (await Assert.ThrowsAsync<Rejected>(() => beds.MoveAsync(stranger, intake.Beds[0], ct: Ct))).Code);
        await beds.AssignAsync(intake.Beds[0], new BedForm { PersonId = own }, Ct);
        Assert.Equal(intake.Beds[0], await BedTests.BedOfAsync(host, own));
    }

    [Fact]
    public async Task A_hold_that_ran_out_and_a_season_that_closed_claim_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Hold(intake.Beds[1], TestHost.Start.AddMinutes(10));
        });
        var beds = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedService>();
        var (one, other) = (await BedTests.PersonAsync(host, "张一"), await BedTests.PersonAsync(host, "张二"));

        host.Clock.Advance(TimeSpan.FromMinutes(10));
        await beds.AssignAsync(intake.Beds[1], new BedForm { PersonId = one }, Ct);
        await (await host.AsAsync(TestUsers.Manager)).Get<SeasonService>().CloseAsync(intake.Season, Ct);
        await beds.AssignAsync(intake.Beds[0], new BedForm { PersonId = other }, Ct);

        Assert.Equal(intake.Beds[0], await BedTests.BedOfAsync(host, other));
    }

    [Fact]
    public async Task Claimed_beds_are_not_offered_as_free()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(beds: 68);
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Hold(intake.Beds[2], TestHost.Start.AddMinutes(10));
        });
        var queries = (await host.AsAsync(TestUsers.Dispatcher)).Get<BedQueries>();

        Assert.Equal([intake.Beds[1], intake.Beds[3]], (await queries.FreeBedsAsync("新生1号楼 101", ct: Ct)).Select(b => b.Id));
        Assert.Equal([intake.Beds[1], intake.Beds[3], intake.Beds[4]], (await queries.FreeBedsAsync("新生1号楼", 3, Ct)).Select(b => b.Id));
        Assert.Equal(66, (await queries.FreeBedsAsync("新生1号楼", 100, Ct)).Select(b => b.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_file_that_gives_a_claimed_bed_to_somebody_else_is_refused_at_the_bed()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Give(intake.Beds[1], null, TestHost.Start);
        });
        await using var session = await (await host.AsAsync(TestUsers.Dispatcher)).CheckAsync(
            "beds", "学号,姓名,楼栋,房间,床位\n20260003,新生3,新生1号楼,101,1\n20260002,新生2,新生1号楼,101,2\n20260001,新生1,新生1号楼,101,3\n");

        Assert.Equal(["bed: Refusal.BedClaimed"], session.Wrong(2));
        Assert.Equal(["新生1 20260001"], session.At(2).Problems[0].Args);
        Assert.Empty(session.Wrong(3));
        Assert.Empty(session.Wrong(4));
    }

    [Fact]
    public async Task An_import_of_people_gives_a_promised_bed_only_to_whom_it_is_promised()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Give(intake.Beds[0], null, TestHost.Start);
            all[1].Hold(intake.Beds[1], TestHost.Start.AddMinutes(10));
        });
        await using var session = await (await host.AsAsync(TestUsers.Administrator)).CheckAsync("people", """
            学号,姓名,楼栋,房间,床位
            20269901,张三,新生1号楼,101,1
            20260003,新生3,新生1号楼,101,2
            20260001,新生1,新生1号楼,101,1
            20269902,李四,新生1号楼,101,3
            """);

        Assert.Equal(["bed: Import.BedPromised"], session.Wrong(2));
        Assert.Equal(["新生1 20260001"], session.At(2).Problems[0].Args);
        Assert.Equal(["bed: Import.BedPromised"], session.Wrong(3));
        Assert.Equal(["新生2 20260002"], session.At(3).Problems[0].Args);
        Assert.Empty(session.Wrong(4));
        Assert.Empty(session.Wrong(5));
    }

    [Theory]
    [InlineData("people", "Import.BedPromised")]
    [InlineData("beds", "Refusal.BedClaimed")]
    public async Task Undo_of_an_import_leaves_people_alone_whose_earlier_bed_is_promised_by_now(string kind, string code)
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        const string Header = "学号,姓名,楼栋,房间,床位\n";
        await admin.ImportAsync("people", Header + "20269901,张三,新生1号楼,101,1\n20269902,李四,新生1号楼,101,2\n");
        host.Clock.Advance(TimeSpan.FromHours(1));
        var (batch, _) = await admin.ImportAsync(kind, Header + "20269901,张三,新生1号楼,102,1\n20269902,李四,新生1号楼,102,2\n");
        await host.WithFreshmenAsync(all => all[0].Give(intake.Beds[0], null, TestHost.Start));

        var report = await admin.Imports.UndoAsync(batch, Ct);

        var why = Assert.Single(report.Skipped).Why;
        Assert.Equal((code, "新生1 20260001"), (why.Code, why.Args[0]));
        Assert.Equal(1, report.Undone);
        var homes = await host.InDatabaseAsync(db => db.Users.Where(p => EF.Functions.Like(p.Number!, "202699%")).OrderBy(p => p.Number)
            .Select(p => p.BedId).ToListAsync(Ct));
        Assert.Equal([intake.Beds[4], intake.Beds[1]], homes);
        Assert.Empty(await BedTests.ProblemsAsync(host));
    }

    [Fact]
    public async Task A_promised_bed_its_room_and_its_building_do_not_retire_and_say_who_is_to_get_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 4);
        await host.WithFreshmenAsync(all => all[0].Give(intake.Beds[0], null, TestHost.Start));
        var admin = await host.AsAsync(TestUsers.Administrator);
        var (places, reason) = (admin.Get<PlacesService>(), new RetirePlaceForm { Reason = "改造" });
        var room = await host.InDatabaseAsync(db => db.Rooms.AsNoTracking().SingleAsync(r => r.BuildingId == intake.Building && r.Code == "101", Ct));
        var form = new RoomForm
        {
            Version = room.Version,
            BuildingId = room.BuildingId,
            Number = room.Code,
            Floor = room.Floor,
            Kind = room.Kind,
            Beds = 0,
            BedsReason = "改造",
        };

        await RefusesAsync("BedsPromised", "1 新生1 20260001", () => places.RetireBedAsync(intake.Beds[0], reason, Ct));
        await RefusesAsync("BedsPromised", "1 新生1 20260001", () => places.SaveRoomAsync(room.Id, form, Ct));
        await RefusesAsync("PlacePromised", "新生1 20260001", () => places.RetireAsync(PlaceKind.Room, room.Id, reason, Ct));
        await RefusesAsync("PlacePromised", "新生1 20260001", () => places.RetireAsync(PlaceKind.Building, intake.Building, reason, Ct));
        await using (var fewer = await admin.CheckAsync("rooms", "楼栋,房间,床位数\n新生1号楼,101,0"))
            Assert.Equal(["beds: Import.BedsPromised"], fewer.Wrong(2));
        await host.WithFreshmenAsync(all =>
        {
            foreach (var n in new[] { 1, 2, 3 }) all[n].Give(intake.Beds[n], null, TestHost.Start);
        });
        var many = await Assert.ThrowsAsync<Rejected>(() => places.RetireAsync(PlaceKind.Room, room.Id, reason, Ct));
        Assert.Equal(("PlacePromisedTo", 4), (many.Code, (int)many.Args[1]!));

        await host.WithFreshmenAsync(all =>
        {
            foreach (var one in all) one.LeaveBed();
        });
        await places.RetireBedAsync(intake.Beds[0], reason, Ct);
        await places.RetireAsync(PlaceKind.Room, room.Id, reason, Ct);
        await places.RetireAsync(PlaceKind.Building, intake.Building, reason, Ct);

        static async Task RefusesAsync(string code, string who, Func<Task> act)
        {
            var refused = await Assert.ThrowsAsync<Rejected>(act);
            Assert.Equal((code, who), (refused.Code, (string?)refused.Args[0]));
        }
    }

    [Fact]
    public async Task Undo_does_not_retire_a_bed_that_was_added_and_is_promised_by_now()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        var room = await host.InDatabaseAsync(db => db.Beds.Where(b => b.Id == intake.Beds[0]).Select(b => b.RoomId).SingleAsync(Ct));
        await admin.Get<PlacesService>().AddBedAsync(room, new BedCodeForm { BedCode = "9" }, Ct);
        var added = await host.InDatabaseAsync(db => db.Beds.Where(b => b.RoomId == room && b.Code == "9").Select(b => b.Id).SingleAsync(Ct));
        await host.WithFreshmenAsync(all => all[0].Give(added, null, TestHost.Start));
        var undo = admin.Get<PlacesUndo>();

        Assert.Equal("BedsPromised", Assert.Single((await undo.UndoAsync(undo.Latest!.Value, Ct)).Left).Why.Code);
        Assert.Null(await host.InDatabaseAsync(db => db.Beds.Where(b => b.Id == added).Select(b => b.RetiredAt).SingleAsync(Ct)));
    }
}
