using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>Holds that ran out, and students who are recorded late.</summary>
public sealed class SeasonRunnerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_hold_ends_at_its_moment_and_a_chosen_bed_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.WithFreshmenAsync(all =>
        {
            all[0].Hold(intake.Beds[0], TestHost.Start + OnboardingSeason.HoldFor);
            all[1].Hold(intake.Beds[1], TestHost.Start + OnboardingSeason.HoldFor);
            all[1].Choose(TestHost.Start);
            all[2].Hold(intake.Beds[2], TestHost.Start + OnboardingSeason.HoldFor + TimeSpan.FromMinutes(1));
        });
        var runner = host.AsSystem().Get<SeasonRunner>();
        host.Clock.Advance(OnboardingSeason.HoldFor - TimeSpan.FromSeconds(1));
        await runner.RunAsync(Ct);
        Assert.Equal(intake.Beds[0], (await host.FreshmanAsync("freshman1")).BedId);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(
            office.PersonId, c => c is KeyChanged { Topic: OnboardingTopics.Beds or OnboardingTopics.Freshmen });

        host.Clock.Advance(TimeSpan.FromSeconds(1));
        await runner.RunAsync(Ct);

        var freed = await host.FreshmanAsync("freshman1");
        Assert.Equal((null, null), (freed.BedId, freed.HeldUntil));
        Assert.Equal(intake.Beds[1], (await host.FreshmanAsync("freshman2")).BedId);
        Assert.Equal(intake.Beds[2], (await host.FreshmanAsync("freshman3")).BedId);
        var told = (await reader.NextAsync(Ct))!.Changes.Cast<KeyChanged>().Select(c => (c.Topic, c.Key)).ToList();
        Assert.Equal([(OnboardingTopics.Beds, intake.Building), (OnboardingTopics.Freshmen, freed.PersonId)], told.Order());
    }

    [Fact]
    public async Task The_next_hold_that_ends_is_known_before_so_that_it_is_freed_at_its_moment()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var (first, second) = (TestHost.Start.AddSeconds(10), TestHost.Start.AddSeconds(40));
        await host.WithFreshmenAsync(all =>
        {
            all[0].Hold(intake.Beds[0], second);
            all[1].Hold(intake.Beds[1], first);
            all[2].Hold(intake.Beds[2], first);
            all[2].Choose(TestHost.Start);
        });
        var runner = host.AsSystem().Get<SeasonRunner>();

        Assert.Null(await runner.NextEndAsync(first, Ct));
        Assert.Equal(first, await runner.NextEndAsync(TestHost.Start.AddSeconds(20), Ct));
        host.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(1, await runner.FreeAsync(Ct));
        Assert.Null(await runner.NextEndAsync(TestHost.Start.AddSeconds(20), Ct));
        Assert.Equal(second, await runner.NextEndAsync(TestHost.Start.AddSeconds(60), Ct));
    }

    [Fact]
    public async Task Whoever_is_recorded_after_the_opening_is_enrolled_and_nobody_else()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var late = await host.ExpectAsync("20260901");
        await host.ExpectAsync("20260902", className: "电气2601");
        await host.ExpectAsync("20250903", grade: 2025);
        await host.ExpectAsync("20260904", className: null);
        await host.ExpectAsync("20260905", isResident: false);
        var gone = await host.ExpectAsync("20260906");
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            (await db.Users.SingleAsync(p => p.Id == gone, token)).Retire(TestHost.Start, null, "");
            return 0;
        }, Ct));

        await host.AsSystem().Get<SeasonRunner>().RunAsync(Ct);
        await host.AsSystem().Get<SeasonRunner>().RunAsync(Ct);

        Assert.Equal(4, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(Ct)));
        var freshman = await host.InDatabaseAsync(db => db.Freshmen.SingleAsync(f => f.PersonId == late, Ct));
        Assert.Equal((intake.Season, intake.Group), (freshman.SeasonId, freshman.GroupId));
        Assert.Equal(freshman.Code, ArrivalCode.Parse(ArrivalCode.Show(freshman.Code)));
    }

    [Fact]
    public async Task Hundreds_are_enrolled_in_several_writes_and_a_closed_season_takes_nobody()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            List<Person> people = [];
            for (var n = 0; n < SeasonService.Batch + 5; n++)
            {
                var person = new Person($"late{n:0000}", $"晚到{n}", $"2026L{n:0000}");
                person.SetStudies(Gender.Male, null, null, Intake.ClassName, Intake.Grade);
                person.SetStatus(PersonStatus.Expected, TestHost.Start);
                people.Add(person);
            }
            db.Users.AddRange(people);
            await db.SaveChangesAsync(token);
            db.UserRoles.AddRange(people.Select(p => new IdentityUserRole<long> { UserId = p.Id, RoleId = (long)Role.Resident }));
            return 0;
        }, Ct));
        var (manager, runner) = (await host.AsAsync(TestUsers.Manager), host.AsSystem().Get<SeasonRunner>());
        await manager.Get<SeasonService>().CloseAsync(intake.Season, Ct);
        await runner.RunAsync(Ct);
        Assert.Equal(3, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(Ct)));

        Assert.Equal(SeasonService.Batch + 5, await manager.Get<SeasonService>().OpenAsync(intake.Season, Ct));
        await host.ExpectAsync("20260999");
        await runner.RunAsync(Ct);

        Assert.Equal(3 + SeasonService.Batch + 6, await host.InDatabaseAsync(db => db.Freshmen.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_student_in_another_class_moves_to_its_group_unless_a_bed_is_chosen()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        var other = await (await host.AsAsync(TestUsers.Manager)).Get<SeasonService>()
            .AddGroupAsync(intake.Season, SeasonSteps.Group("电气", intake.Building, "电气2601"), Ct);
        await host.WithFreshmenAsync(all => all[1].Give(intake.Beds[0], null, TestHost.Start));
        await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            foreach (var person in await db.Users.Where(p => p.UserName == "freshman1" || p.UserName == "freshman2").ToListAsync(token))
                person.SetStudies(person.Gender, person.College, person.Major, "电气2601", person.Grade);
            return 0;
        }, Ct));

        await host.AsSystem().Get<SeasonRunner>().RunAsync(Ct);

        Assert.Equal(other, (await host.FreshmanAsync("freshman1")).GroupId);
        Assert.Equal(intake.Group, (await host.FreshmanAsync("freshman2")).GroupId);
        Assert.Equal(intake.Group, (await host.FreshmanAsync("freshman3")).GroupId);
    }
}
