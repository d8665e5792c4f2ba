using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Imports;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>A bed that a freshman holds or has chosen is given to nobody else.</summary>
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
}
