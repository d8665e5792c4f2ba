using LogisticsAdmin.Features.Onboarding.Choosing;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Which bed a freshman may hold and choose, when, and for how long.</summary>
public sealed class BedChoiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>In a rush thousands of beds are asked for, with thousands of freshmen.</summary>
    [Fact]
    public async Task Rooms_of_another_gender_are_left_out_without_going_through_all_freshmen_for_each_bed()
    {
        await using var host = await TestHost.OpenAsync();
        var plan = await host.InDatabaseAsync(async db =>
        {
            await using var command = db.Set<Bed>().SuitedTo(db, Gender.Male).CreateDbCommand();
            command.CommandText = $"EXPLAIN QUERY PLAN {command.CommandText}";
            await db.Database.OpenConnectionAsync(Ct);
            await using var reader = await command.ExecuteReaderAsync(Ct);
            List<string> lines = [];
            while (await reader.ReadAsync(Ct)) lines.Add(reader.GetString(3));
            return lines;
        });
        Assert.Contains(plan, line => line.Contains("IX_Freshmen_BedId", StringComparison.Ordinal));
        Assert.Single(plan, line => line.StartsWith("SCAN ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bed_is_held_for_ten_minutes_and_then_free_for_the_next()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (one, other) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        await one.HoldAsync(intake.Beds[0], Ct);
        var held = await host.FreshmanAsync("freshman1");
        Assert.Equal((intake.Beds[0], TestHost.Start + OnboardingSeason.HoldFor), (held.BedId, held.HeldUntil));
        Assert.Equal("BedTaken", await CodeAsync(() => other.HoldAsync(intake.Beds[0], Ct)));

        host.Clock.Advance(TimeSpan.FromMinutes(9));
        await one.HoldAsync(intake.Beds[0], Ct);
        Assert.Equal(held.HeldUntil, (await host.FreshmanAsync("freshman1")).HeldUntil);
        Assert.Equal("BedTaken", await CodeAsync(() => other.ChooseBedAsync(intake.Beds[0], Ct)));

        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await other.ChooseBedAsync(intake.Beds[0], Ct);
        Assert.Equal("HoldEnded", await CodeAsync(() => one.ChooseAsync(Ct)));
        Assert.Null((await host.FreshmanAsync("freshman1")).BedId);
        Assert.True((await host.FreshmanAsync("freshman2")).HasBed);
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal("BedTaken", await CodeAsync(() => one.HoldAsync(intake.Beds[0], Ct)));
    }

    [Fact]
    public async Task An_expired_hold_is_held_again_and_a_chosen_bed_stays_chosen()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var one = await host.AsFreshmanAsync(1);
        await one.HoldAsync(intake.Beds[0], Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(11));
        await one.HoldAsync(intake.Beds[0], Ct);
        await one.ChooseAsync(Ct);
        var chosen = await host.FreshmanAsync("freshman1");
        Assert.Equal((null, host.Clock.GetUtcNow()), (chosen.HeldUntil, chosen.ChosenAt!.Value));
        await one.HoldAsync(intake.Beds[0], Ct);
        await one.ChooseAsync(Ct);
        Assert.True((await host.FreshmanAsync("freshman1")).HasBed);
    }

    [Fact]
    public async Task Another_bed_frees_the_one_before_and_a_bed_can_be_given_back()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (one, other) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        await one.ChooseBedAsync(intake.Beds[0], Ct);
        await one.ChooseBedAsync(intake.Beds[1], Ct);
        await other.ChooseBedAsync(intake.Beds[0], Ct);
        Assert.Equal("BedTaken", await CodeAsync(() => one.ChooseBedAsync(intake.Beds[0], Ct)));
        Assert.Equal(intake.Beds[1], (await host.FreshmanAsync("freshman1")).BedId);
        await one.LeaveAsync(Ct);
        await one.LeaveAsync(Ct);
        Assert.Null((await host.FreshmanAsync("freshman1")).BedId);
        await other.ChooseBedAsync(intake.Beds[1], Ct);
    }

    [Fact]
    public async Task Beds_are_chosen_within_the_time_of_the_group_and_no_hold_outlasts_it()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var one = await host.AsFreshmanAsync(1);
        await WindowAsync(host, TestHost.Start.AddMinutes(1), TestHost.Start.AddMinutes(6));
        Assert.Equal("NotYet", await CodeAsync(() => one.HoldAsync(intake.Beds[0], Ct)));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await one.HoldAsync(intake.Beds[0], Ct);
        Assert.Equal(TestHost.Start.AddMinutes(6), (await host.FreshmanAsync("freshman1")).HeldUntil);
        host.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal("HoldEnded", await CodeAsync(() => one.ChooseAsync(Ct)));
        Assert.Equal("ChoiceEnded", await CodeAsync(() => one.ChooseBedAsync(intake.Beds[1], Ct)));
        Assert.Equal("ChoiceEnded", await CodeAsync(() => one.LeaveAsync(Ct)));
    }

    [Fact]
    public async Task A_bed_for_the_other_gender_or_of_another_floor_or_building_is_not_there()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(isMixed: true);
        var elsewhere = await host.InDatabaseAsync(db => db.Set<Bed>().Where(b => b.Room.BuildingId != intake.Building)
            .OrderBy(b => b.Id).Select(b => b.Id).FirstAsync(Ct));
        await host.ChangeAsync(async db => (await db.SeasonGroups.Include(g => g.Rooms).SingleAsync(Ct))
            .SetRooms([new GroupRooms(intake.Building, null, null, Gender.Female), new GroupRooms(intake.Building, 9, null, Gender.Male)]));
        var (man, woman) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        await Assert.ThrowsAsync<NotFound>(() => man.HoldAsync(intake.Beds[0], Ct));
        await Assert.ThrowsAsync<NotFound>(() => woman.HoldAsync(elsewhere, Ct));
        await woman.HoldAsync(intake.Beds[0], Ct);
    }

    [Fact]
    public async Task A_room_in_which_somebody_of_the_other_gender_lives_or_has_a_bed_is_not_there()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 4, beds: 12, isMixed: true);
        await host.ChangeAsync(async db =>
        {
            var room = await db.Set<Bed>().Where(b => b.Id == intake.Beds[8]).Select(b => b.RoomId).SingleAsync(Ct);
            var lodger = await db.Users.SingleAsync(p => p.UserName == "freshman3", Ct);
            lodger.MoveTo(room, intake.Beds[8]);
        });
        var (man, woman) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        await man.HoldAsync(intake.Beds[0], Ct);

        await Assert.ThrowsAsync<NotFound>(() => woman.HoldAsync(intake.Beds[1], Ct));
        await Assert.ThrowsAsync<NotFound>(() => woman.HoldAsync(intake.Beds[9], Ct));
        await woman.HoldAsync(intake.Beds[4], Ct);

        // The only one in a room moves freely, and a room that was left is for everybody again.
        await man.HoldAsync(intake.Beds[9], Ct);
        await woman.HoldAsync(intake.Beds[1], Ct);
    }

    [Fact]
    public async Task Who_lives_somewhere_is_checked_in_or_does_not_come_chooses_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 4);
        await host.ChangeAsync(async db =>
        {
            var room = await db.Set<Bed>().Where(b => b.Id == intake.Beds[7]).Select(b => b.RoomId).SingleAsync(Ct);
            (await db.Users.SingleAsync(p => p.UserName == "freshman1", Ct)).MoveTo(room, intake.Beds[7]);
            var freshmen = await db.Freshmen.OrderBy(f => f.Id).ToListAsync(Ct);
            freshmen[1].Give(intake.Beds[6], null, TestHost.Start);
            freshmen[1].CheckIn(freshmen[1].PersonId, null, TestHost.Start);
            freshmen[2].Withdraw("参军", TestHost.Start);
        });
        Assert.Equal("HasHome", await CodeAsync(async () => await (await host.AsFreshmanAsync(1)).HoldAsync(intake.Beds[0], Ct)));
        Assert.Equal("IsCheckedIn", await CodeAsync(async () => await (await host.AsFreshmanAsync(2)).HoldAsync(intake.Beds[0], Ct)));
        Assert.Equal("IsCheckedIn", await CodeAsync(async () => await (await host.AsFreshmanAsync(2)).LeaveAsync(Ct)));
        Assert.Equal("IsWithdrawn", await CodeAsync(async () => await (await host.AsFreshmanAsync(3)).HoldAsync(intake.Beds[0], Ct)));
        Assert.Equal("BedTaken", await CodeAsync(async () => await (await host.AsFreshmanAsync(4)).HoldAsync(intake.Beds[7], Ct)));
    }

    [Fact]
    public async Task Two_devices_of_one_student_end_with_one_bed()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (phone, tablet) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(1));
        for (var round = 0; round < 5; round++)
        {
            var (one, other) = (intake.Beds[round], intake.Beds[round + 1]);
            await Task.WhenAll(Task.Run(() => phone.ChooseBedAsync(one, Ct), Ct), Task.Run(() => tablet.ChooseBedAsync(other, Ct), Ct));
            var own = await host.FreshmanAsync("freshman1");
            Assert.True(own.HasBed);
            Assert.Contains(own.BedId!.Value, new[] { one, other });
        }
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(f => f.BedId != null, Ct)));
    }

    [Fact]
    public async Task A_season_that_closes_while_somebody_chooses_refuses_and_loses_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var one = await host.AsFreshmanAsync(1);
        await one.HoldAsync(intake.Beds[0], Ct);
        await host.CloseSeasonAsync();
        Assert.Equal("SeasonClosed", await CodeAsync(() => one.ChooseAsync(Ct)));
        Assert.Equal("SeasonClosed", await CodeAsync(() => one.HoldAsync(intake.Beds[1], Ct)));
        Assert.Equal(intake.Beds[0], (await host.FreshmanAsync("freshman1")).BedId);
        await host.ChangeAsync(async db => (await db.OnboardingSeasons.SingleAsync(Ct)).Open(TestHost.Start));
        await one.ChooseAsync(Ct);
        Assert.True((await host.FreshmanAsync("freshman1")).HasBed);
    }

    [Fact]
    public async Task The_page_of_beds_shows_who_likes_what_and_no_names()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        host.Services.GetRequiredService<BedBoard>().Kept = TimeSpan.Zero;
        var (one, two) = (await host.AsFreshmanAsync(1), await host.AsFreshmanAsync(2));
        await one.WishAsync(new WishForm { Rhythm = SleepRhythm.Early, WantsQuiet = true }, Ct);
        await one.ChooseBedAsync(intake.Beds[0], Ct);
        await two.HoldAsync(intake.Beds[1], Ct);
        var page = (await (await host.AsAsync("freshman3")).Get<ChoosingQueries>().BedsAsync(null, null, ct: Ct))!;
        Assert.Equal((intake.Building, 2, 6), (page.BuildingId!.Value, page.Rooms.Count, page.Buildings.Single().Free));
        var room = page.Rooms[0];
        Assert.Equal([BedMark.Taken, BedMark.Held, BedMark.Free, BedMark.Free], room.Beds.Select(b => b.Mark));
        Assert.Equal((1, 0, 1), (room.Early, room.Late, room.Quiet));
        Assert.Equal(Intake.ClassName, room.Beds[0].ClassName);
        Assert.DoesNotContain("新生1", string.Join('\n', page.Rooms.SelectMany(r => r.Beds)), StringComparison.Ordinal);

        var own = (await (await host.AsAsync("freshman2")).Get<ChoosingQueries>().BedsAsync(null, null, ct: Ct))!;
        Assert.Equal((BedMark.Mine, true), (own.Rooms[0].Beds[1].Mark, own.IsHeld));
        host.Clock.Advance(TimeSpan.FromMinutes(10));
        var later = (await (await host.AsAsync("freshman3")).Get<ChoosingQueries>().BedsAsync(intake.Building, 1, ct: Ct))!;
        Assert.Equal(BedMark.Free, later.Rooms[0].Beds[1].Mark);
        Assert.Null((await (await host.AsAsync("freshman2")).Get<ChoosingQueries>().BedsAsync(-1, 99, ct: Ct))!.Mine);
    }

    [Fact]
    public async Task Only_who_looks_at_the_building_hears_of_its_beds()
    {
        await using var host = await TestHost.OpenAsync();
        var signal = host.Services.GetRequiredService<BedSignal>();
        signal.Watch(7, 3);
        Assert.True(signal.Wants(new KeyChanged(OnboardingTopics.Beds, 3), 7));
        Assert.False(signal.Wants(new KeyChanged(OnboardingTopics.Beds, 4), 7));
        Assert.False(signal.Wants(new KeyChanged(OnboardingTopics.Beds, 3), 8));
        Assert.False(signal.Wants(new KeyChanged(OnboardingTopics.Freshmen, 3), 7));
        host.Clock.Advance(TimeSpan.FromHours(1));
        Assert.False(signal.Wants(new KeyChanged(OnboardingTopics.Beds, 3), 7));
    }

    private static Task<string?> CodeAsync(Func<Task> act) => ChoosingSteps.CodeOfAsync(act);

    private static Task WindowAsync(TestHost host, DateTimeOffset from, DateTimeOffset until) =>
        host.ChangeAsync(async db => (await db.SeasonGroups.SingleAsync(Ct)).Describe("软件学院", from, until));
}
