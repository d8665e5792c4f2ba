using LogisticsAdmin.Features.Calendar;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Reports;

/// <summary>The months of a trend: what is remembered is never older than the tickets.</summary>
public sealed class MonthHistoryTests
{
    private static readonly ReportPeriod November = ReportPeriod.MonthOf(new DateOnly(2026, 11, 1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_past_open_month_follows_its_tickets_and_the_rework_of_them()
    {
        await using var host = await TestHost.OpenAsync();
        var open = await host.TicketAsync(TicketStatus.InProgress);
        await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var history = host.Services.GetRequiredService<MonthHistory>();
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        using var reader = feed.Subscribe(null, _ => true);
        Assert.Equal((1, 0), (await ValueAsync(history, "closed"), await ValueAsync(history, "rework")));

        await host.TicketAsync();
        await DeliveredAsync(feed, reader);
        Assert.Equal(1, await ValueAsync(history, "rework"));

        Assert.Equal(0, await ValueAsync(history, "nudged"));
        await (await host.AsAsync(TestUsers.Resident)).Repairs.NudgeAsync(open.Id, new(), Ct);
        await DeliveredAsync(feed, reader);
        Assert.Equal(1, await ValueAsync(history, "nudged"));
    }

    [Fact]
    public async Task A_closed_month_keeps_the_values_it_was_closed_with_until_it_is_reopened()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync(TicketStatus.Closed);
        host.Clock.Advance(TimeSpan.FromDays(10));
        var history = host.Services.GetRequiredService<MonthHistory>();
        var feed = host.Services.GetRequiredService<IChangeFeed>();
        using var reader = feed.Subscribe(null, _ => true);
        var closing = (await host.AsAsync(TestUsers.Manager)).Get<ClosingService>();
        Assert.Equal(0, await ValueAsync(history, "rework"));
        await closing.CloseAsync(November, Ct);
        await DeliveredAsync(feed, reader);
        await host.TicketAsync();
        await DeliveredAsync(feed, reader);
        Assert.Equal(0, await ValueAsync(history, "rework"));

        await closing.ReopenAsync(new ReopenForm { Month = November, Reason = "返修" }, Ct);
        await DeliveredAsync(feed, reader);
        Assert.Equal(1, await ValueAsync(history, "rework"));
    }

    [Fact]
    public async Task A_change_of_the_calendar_or_of_categories_concerns_all_months()
    {
        await using var host = await TestHost.OpenAsync();
        var section = host.AsSystem().Get<IEnumerable<IReportSection>>().Single(s => s.Code == "repairs");
        Assert.Equal(new FactsChange(null, null), section.ChangedBy(new KeyChanged(CalendarService.Topic, 0)));
        Assert.Equal(new FactsChange(null, null), section.ChangedBy(new KeyChanged(ServiceLevelService.Topic, 0)));
        Assert.Equal(new FactsChange(null, null), section.ChangedBy(new ManyChanged(typeof(RepairRow))));
        Assert.Null(section.ChangedBy(new KeyChanged("views", 0)));
    }

    [Fact]
    public async Task A_reading_that_failed_is_not_remembered()
    {
        var section = new Slow();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IReportSection>(section));
        var (history, period) = (host.Services.GetRequiredService<MonthHistory>(), November.Previous);
        section.Failing = true;
        await Assert.ThrowsAsync<InvalidOperationException>(() => history.ValuesAsync("empty", period, Ct));
        section.Failing = false;
        Assert.Equal(0, (await history.ValuesAsync("empty", period, Ct))["empty.count"].Value);
        await history.ValuesAsync("empty", period, Ct);
        Assert.Equal(2, section.Readings);
    }

    [Fact]
    public async Task A_change_while_a_month_is_read_is_not_missed_and_many_readers_read_once()
    {
        var section = new Slow();
        await using var host = await TestHost.OpenAsync(services => services.AddSingleton<IReportSection>(section));
        var (history, feed, period) = (host.Services.GetRequiredService<MonthHistory>(), host.Services.GetRequiredService<IChangeFeed>(), November.Previous);
        using var after = feed.Subscribe(null, change => change is KeyChanged { Topic: Slow.Topic });
        section.Blocked = new ManualResetEventSlim();
        var readers = Enumerable.Range(0, 5).Select(_ => Task.Run(() => history.ValuesAsync("empty", period, Ct), Ct)).ToList();
        await section.Entered.WaitAsync(Ct);
        feed.Publish([new KeyChanged(Slow.Topic, 1)]);
        await after.NextAsync(Ct);
        section.Blocked.Set();
        await Task.WhenAll(readers);
        // Readers who came after the change share a second reading.
        Assert.InRange(section.Readings, 1, 2);

        await history.ValuesAsync("empty", period, Ct);
        await history.ValuesAsync("empty", period, Ct);

        Assert.Equal(2, section.Readings);
    }

    /// <summary>Waits until all changes so far were delivered, to earlier readers first.</summary>
    private static async Task DeliveredAsync(IChangeFeed feed, Subscription reader)
    {
        var last = feed.Sequence;
        while ((await reader.NextAsync(Ct))!.Changes[^1].Sequence < last) { }
    }

    private static async Task<int> ValueAsync(MonthHistory history, string figure) =>
        (await history.ValuesAsync("repairs", November, Ct))[$"repairs.{figure}"].Counted;

    /// <summary>Reads without yielding, as SQLite does.</summary>
    private sealed class Slow : EmptySection
    {
        public const string Topic = "slow-section";

        private int _readings;

        public int Readings => _readings;
        public bool Failing { get; set; }
        public ManualResetEventSlim? Blocked { get; set; }
        public SemaphoreSlim Entered { get; } = new(0);

        public override Task<SectionFacts> ReadAsync(ReportPeriod period, IReadOnlyCollection<long>? only, CancellationToken ct)
        {
            Interlocked.Increment(ref _readings);
            Entered.Release();
            Blocked?.Wait(ct);
            return Failing ? throw new InvalidOperationException("Failing on purpose.") : base.ReadAsync(period, only, ct);
        }

        public override FactsChange? ChangedBy(Change change) => change is KeyChanged { Topic: Topic } ? new FactsChange(null, null) : null;
    }
}
