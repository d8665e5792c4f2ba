using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Live;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Onboarding;

/// <summary>When beds are freed whose hold runs out: the job runs against the real database, and only its clock is the test's.</summary>
public sealed class HoldJobTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(20);

    /// <summary>How long after the end of a hold the bed is freed, together with those whose hold ends meanwhile.</summary>
    private static readonly TimeSpan Gathered = TimeSpan.FromMilliseconds(500);

    private readonly RecordingLoggerProvider _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_bed_is_freed_at_the_moment_when_its_hold_runs_out_and_open_pages_hear_of_it()
    {
        await using var host = await TestHost.OpenAsync();
        Assert.Single(host.Services.GetServices<IHostedService>().OfType<HoldJob>());
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 12);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(
            office.PersonId, c => c is KeyChanged { Topic: OnboardingTopics.Beds or OnboardingTopics.Freshmen });
        var clock = new JobClock(host.Clock);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);

        Assert.Equal(Seconds(12) + Gathered, await clock.NextAsync(Ct));
        host.Clock.Advance(Seconds(12) + Gathered - TimeSpan.FromMilliseconds(1));
        Assert.Equal(intake.Beds[0], await BedAsync(host, 1));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await clock.NextAsync(Ct));

        var freed = await host.FreshmanAsync("freshman1");
        Assert.Equal((null, null), (freed.BedId, freed.HeldUntil));
        var told = (await reader.NextAsync(Ct))!.Changes.Cast<KeyChanged>().Select(c => (c.Topic, c.Key)).ToList();
        Assert.Equal([(OnboardingTopics.Beds, intake.Building), (OnboardingTopics.Freshmen, freed.PersonId)], told.Order());
        await StopAsync(job);
    }

    [Fact]
    public async Task Holds_that_end_together_are_freed_in_one_write_and_the_next_one_at_its_own_moment()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync(students: 4);
        await HoldAsync(host, intake, 12, 12, 12.3, 14);
        var office = await host.AsAsync(TestUsers.Dispatcher);
        using var reader = office.Get<IChangeFeed>().Subscribe(
            office.PersonId, c => c is KeyChanged { Topic: OnboardingTopics.Beds or OnboardingTopics.Freshmen });
        var clock = new JobClock(host.Clock);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);

        Assert.Equal(Seconds(12) + Gathered, await clock.NextAsync(Ct));
        host.Clock.Advance(Seconds(12) + Gathered);
        Assert.Equal(Seconds(2), await clock.NextAsync(Ct));
        Assert.Equal([null, null, null, intake.Beds[3]], await BedsAsync(host, 4));
        // The building is told once, for all of them.
        Assert.Equal(4, (await reader.NextAsync(Ct))!.Changes.Count);

        host.Clock.Advance(Seconds(2));
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Null(await BedAsync(host, 4));
        await StopAsync(job);
    }

    [Fact]
    public async Task A_hold_that_is_taken_while_the_job_waits_is_freed_with_the_one_it_waits_for_or_at_its_own_moment()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 15);
        var clock = new JobClock(host.Clock);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);
        Assert.Equal(Seconds(15) + Gathered, await clock.NextAsync(Ct));

        // Ends sooner, as at the end of the time to choose.
        await host.WithFreshmenAsync(all => all[1].Hold(intake.Beds[1], TestHost.Start + Seconds(5)));
        await (await host.AsFreshmanAsync(3)).HoldAsync(intake.Beds[2], Ct);
        host.Clock.Advance(Seconds(15) + Gathered);
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Equal([null, null, intake.Beds[2]], await BedsAsync(host, 3));

        var end = TestHost.Start + OnboardingSeason.HoldFor;
        TimeSpan? wait;
        do
        {
            host.Clock.Advance(Interval);
            wait = await clock.NextAsync(Ct);
        }
        while (wait is null && host.Clock.GetUtcNow() < end);
        Assert.Equal(end + Gathered, host.Clock.GetUtcNow() + wait);
        host.Clock.Advance(wait!.Value - TimeSpan.FromMilliseconds(1));
        Assert.Equal(intake.Beds[2], await BedAsync(host, 3));
        host.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Null(await BedAsync(host, 3));
        await StopAsync(job);
    }

    [Fact]
    public async Task A_bed_that_was_chosen_while_the_job_waits_stays()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 12);
        var clock = new JobClock(host.Clock);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);
        Assert.Equal(Seconds(12) + Gathered, await clock.NextAsync(Ct));

        await (await host.AsFreshmanAsync(1)).ChooseAsync(Ct);
        host.Clock.Advance(Seconds(12) + Gathered);
        Assert.Null(await clock.NextAsync(Ct));

        Assert.True((await host.FreshmanAsync("freshman1")).HasBed);
        await StopAsync(job);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_a_little_prolongs_the_hold_by_as_much()
    {
        var time = new JumpingClock();
        await using var host = await OpenAsync(time);
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 10);
        var clock = new JobClock(time);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);
        Assert.Equal(Seconds(10) + Gathered, await clock.NextAsync(Ct));

        time.Jump(-Seconds(5));
        time.Advance(Seconds(10) + Gathered);
        Assert.Equal(Seconds(5), await clock.NextAsync(Ct));
        Assert.Equal(intake.Beds[0], await BedAsync(host, 1));

        time.Advance(Seconds(5));
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Null(await BedAsync(host, 1));
        await StopAsync(job);
    }

    [Fact]
    public async Task A_clock_that_is_set_back_far_ends_the_run_and_a_later_one_frees_the_bed()
    {
        var time = new JumpingClock();
        await using var host = await OpenAsync(time);
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 10);
        var clock = new JobClock(time);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);
        Assert.Equal(Seconds(10) + Gathered, await clock.NextAsync(Ct));

        time.Jump(-TimeSpan.FromHours(1));
        time.Advance(Seconds(10) + Gathered);
        Assert.Null(await clock.NextAsync(Ct));
        time.Advance(Interval);
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Equal(intake.Beds[0], await BedAsync(host, 1));

        // The clock is right again, and the hold is over.
        time.Jump(TimeSpan.FromHours(1));
        time.Advance(Interval);
        Assert.Equal(Gathered, await clock.NextAsync(Ct));
        time.Advance(Gathered);
        Assert.Null(await clock.NextAsync(Ct));
        Assert.Null(await BedAsync(host, 1));
        await StopAsync(job);
    }

    [Fact]
    public async Task After_a_restart_holds_that_ended_meanwhile_are_freed_at_once_and_others_at_their_moment()
    {
        var directory = await TestHost.NewStorageAsync();
        try
        {
            Intake intake;
            await using (var before = await TestHost.StartAsync(directory))
            {
                intake = await before.IntakeAsync();
                await HoldAsync(before, intake, 5, 30);
                var first = new JobClock(before.Clock);
                using var stopped = Job(before, first);
                await stopped.StartAsync(Ct);
                Assert.Equal(Seconds(5) + Gathered, await first.NextAsync(Ct));
                await StopAsync(stopped);
            }
            await using var host = await TestHost.StartAsync(directory);
            host.Clock.Advance(Seconds(10));
            Assert.Equal(intake.Beds[0], await BedAsync(host, 1));
            var clock = new JobClock(host.Clock);
            using var job = Job(host, clock);
            await job.StartAsync(Ct);

            Assert.Equal(Gathered, await clock.NextAsync(Ct));
            host.Clock.Advance(Gathered);
            Assert.Null(await clock.NextAsync(Ct));
            Assert.Equal([null, intake.Beds[1]], await BedsAsync(host, 2));

            // The next run begins at the very moment at which the other hold ends.
            host.Clock.Advance(Interval - Gathered);
            Assert.Equal(Gathered, await clock.NextAsync(Ct));
            host.Clock.Advance(Gathered);
            Assert.Null(await clock.NextAsync(Ct));
            Assert.Null(await BedAsync(host, 2));
            await StopAsync(job);
        }
        finally
        {
            TestHost.DropStorage(directory);
        }
    }

    [Fact]
    public async Task An_app_that_stops_while_the_job_waits_frees_nothing_and_logs_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var intake = await host.IntakeAsync();
        await HoldAsync(host, intake, 12);
        var clock = new JobClock(host.Clock);
        using var job = Job(host, clock);
        await job.StartAsync(Ct);
        Assert.Equal(Seconds(12) + Gathered, await clock.NextAsync(Ct));

        await StopAsync(job);
        host.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(intake.Beds[0], await BedAsync(host, 1));
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static Task<TestHost> OpenAsync(JumpingClock time) =>
        TestHost.OpenAsync(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time)));

    /// <summary>Lets the first students hold beds in order, for so many seconds.</summary>
    private static Task<int> HoldAsync(TestHost host, Intake intake, params double[] seconds) => host.WithFreshmenAsync(all =>
    {
        for (var n = 0; n < seconds.Length; n++) all[n].Hold(intake.Beds[n], TestHost.Start + Seconds(seconds[n]));
    });

    private static async Task<long?> BedAsync(TestHost host, int number) => (await host.FreshmanAsync(FormattableString.Invariant($"freshman{number}"))).BedId;

    private static async Task<List<long?>> BedsAsync(TestHost host, int students)
    {
        List<long?> beds = [];
        for (var n = 1; n <= students; n++) beds.Add(await BedAsync(host, n));
        return beds;
    }

    private HoldJob Job(TestHost host, JobClock clock) => new(
        host.Services.GetRequiredService<IServiceScopeFactory>(), clock,
        LoggerFactory.Create(logging => logging.AddProvider(_log)).CreateLogger<HoldJob>());

    private async Task StopAsync(HoldJob job)
    {
        await job.StopAsync(Ct);
        Assert.True(job.ExecuteTask!.IsCompleted);
        Assert.Empty(_log.WarningsAndErrors);
    }
}
