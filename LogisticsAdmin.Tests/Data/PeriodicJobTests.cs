using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class PeriodicJobTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _clock = new(TestHost.Start);
    private readonly RecordingLoggerProvider _log = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_job_runs_at_the_start_and_at_each_interval_in_a_scope_of_its_own_as_the_system()
    {
        using var job = Job(out var runs);
        await job.StartAsync(Ct);
        var first = await NextAsync(runs);
        _clock.Advance(Interval - TimeSpan.FromSeconds(1));
        Assert.False(runs.Wait(0, Ct));
        _clock.Advance(TimeSpan.FromSeconds(1));
        var second = await NextAsync(runs);
        await job.StopAsync(Ct);

        Assert.Equal(Actor.System, first.Actor);
        Assert.Equal(Actor.System, second.Actor);
        Assert.NotSame(first, second);
        Assert.Empty(_log.WarningsAndErrors);

        async Task<CurrentUser> NextAsync(SemaphoreSlim run)
        {
            Assert.True(await run.WaitAsync(TestTimeouts.Default, Ct));
            return job.Users[^1];
        }
    }

    [Fact]
    public async Task A_run_that_fails_is_logged_and_the_next_one_comes_at_its_time()
    {
        using var job = Job(out var runs);
        job.Failure = new OperationCanceledException("a timeout inside the work");
        await job.StartAsync(Ct);
        Assert.True(await runs.WaitAsync(TestTimeouts.Default, Ct));
        job.Failure = null;
        await WaitForAsync(() => _log.Errors.Any());
        _clock.Advance(Interval);
        Assert.True(await runs.WaitAsync(TestTimeouts.Default, Ct));
        await job.StopAsync(Ct);

        var (message, error) = Assert.Single(_log.Errors);
        Assert.Contains(nameof(Counted), message, StringComparison.Ordinal);
        Assert.IsType<OperationCanceledException>(error);
    }

    [Fact]
    public async Task A_job_that_is_stopped_in_the_middle_logs_nothing()
    {
        using var job = Job(out var runs);
        job.Endless = true;
        await job.StartAsync(Ct);
        Assert.True(await runs.WaitAsync(TestTimeouts.Default, Ct));
        await job.StopAsync(Ct);

        Assert.Empty(_log.WarningsAndErrors);
    }

    private static async Task WaitForAsync(Func<bool> happened)
    {
        while (!happened()) await Task.Delay(5, Ct);
    }

    private Counted Job(out SemaphoreSlim runs)
    {
        var services = new ServiceCollection()
            .AddMetrics().AddOptions().AddSingleton<DataMeter>().AddSingleton<SessionStamps>().AddScoped<CurrentUser>().BuildServiceProvider();
        var factory = LoggerFactory.Create(logging => logging.AddProvider(_log));
        runs = new SemaphoreSlim(0);
        return new Counted(Interval, services.GetRequiredService<IServiceScopeFactory>(), _clock, factory.CreateLogger<Counted>(), runs);
    }

    private sealed class Counted(TimeSpan interval, IServiceScopeFactory scopes, TimeProvider clock, ILogger log, SemaphoreSlim runs)
        : PeriodicJob(interval, scopes, clock, log)
    {
        public List<CurrentUser> Users { get; } = [];
        public Exception? Failure { get; set; }
        public bool Endless { get; set; }

        protected override async Task RunAsync(IServiceProvider services, CancellationToken ct)
        {
            var failure = Failure;
            Users.Add(services.GetRequiredService<CurrentUser>());
            runs.Release();
            if (failure is not null) throw failure;
            if (Endless) await Task.Delay(Timeout.Infinite, ct);
        }
    }
}
