using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace LogisticsAdmin.Tests.Live;

/// <summary>The feed in isolation: order, gathering, and readers that don't block each other.</summary>
public sealed class FeedTests : IAsyncLifetime
{
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(300);

    private readonly FakeTimeProvider _clock = new();
    private readonly SessionStamps _stamps = new();
    private ServiceProvider _services = null!;
    private InProcessFeed _feed = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection().AddMetrics().AddSingleton<LiveMeter>().BuildServiceProvider();
        _feed = new InProcessFeed(
            Options.Create(new LiveOptions { Gather = Gather, Clock = _clock }),
            _services.GetRequiredService<LiveMeter>(), _stamps, NullLogger<InProcessFeed>.Instance);
        await _feed.StartAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _feed.StopAsync(CancellationToken.None);
        _feed.Dispose();
        await _services.DisposeAsync();
    }

    [Fact]
    public async Task The_first_change_comes_at_once_and_the_following_ones_together()
    {
        using var reader = _feed.Subscribe(1, _ => true);
        Publish(1);
        Assert.Equal([1], Keys(await reader.NextAsync(Ct)));

        Publish(2);
        Publish(3);
        Publish(4);
        var following = reader.NextAsync(Ct);
        _clock.Advance(Gather / 2);
        Assert.False(following.IsCompleted);
        Assert.Equal([2, 3, 4], Keys(await PassAsync(following)));
    }

    [Fact]
    public async Task The_sequence_grows_with_every_change()
    {
        using var reader = _feed.Subscribe(1, _ => true);
        Publish(1, 2, 3);
        Assert.Equal([1, 2, 3], (await NextAsync(reader))!.Changes.Select(c => c.Sequence));
        Publish(4);
        Assert.Equal([4], (await NextAsync(reader))!.Changes.Select(c => c.Sequence));
    }

    [Fact]
    public async Task A_reader_gets_only_what_its_filter_lets_through()
    {
        using var reader = _feed.Subscribe(1, c => c is KeyChanged { Key: 2 });
        Publish(1, 2, 3);
        Assert.Equal([2], Keys(await NextAsync(reader)));
    }

    [Fact]
    public async Task A_slow_reader_loses_changes_and_is_told()
    {
        using var slow = _feed.Subscribe(1, _ => true);
        using var quick = _feed.Subscribe(2, c => c is KeyChanged { Key: 5_000 });
        Publish([.. Enumerable.Range(1, 5_000).Select(n => (long)n)]);
        await NextAsync(quick);

        var delivery = await NextAsync(slow);

        Assert.True(delivery!.Lost);
        Assert.True(delivery.Changes.Count < 5_000);
        Publish(6_000);
        Assert.False((await NextAsync(slow))!.Lost);
    }

    [Fact]
    public async Task A_reader_that_is_late_gets_everything_at_once_and_nothing_empty_afterwards()
    {
        using var late = _feed.Subscribe(1, _ => true);
        using var quick = _feed.Subscribe(2, _ => true);
        var busy = new TaskCompletionSource();
        var (own, waiting) = (SynchronizationContext.Current, Task.FromResult<Delivery?>(null));
        SynchronizationContext.SetSynchronizationContext(new BusyContext(busy.Task));
        try
        {
            waiting = late.NextAsync(Ct);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(own);
        }
        Publish(1);
        await NextAsync(quick);
        Publish(2);
        await NextAsync(quick);

        busy.SetResult();

        Assert.Equal([1, 2], Keys(await waiting));
        var next = late.NextAsync(Ct);
        Publish(3);
        Assert.Equal([3], Keys(await PassAsync(next)));
    }

    [Fact]
    public async Task A_filter_that_throws_costs_the_others_nothing()
    {
        using var broken = _feed.Subscribe(1, _ => throw new InvalidOperationException("a filter's mistake"));
        using var whole = _feed.Subscribe(2, _ => true);
        Publish(1);
        Assert.Equal([1], Keys(await NextAsync(whole)));
        Assert.Null(await NextAsync(broken));
        Publish(2);
        Assert.Equal([2], Keys(await NextAsync(whole)));
    }

    [Fact]
    public async Task Publishing_never_waits_for_a_reader()
    {
        using var stuck = new ManualResetEventSlim();
        using var reached = new SemaphoreSlim(0);
        using var blocking = _feed.Subscribe(1, _ =>
        {
            reached.Release();
            stuck.Wait(TestTimeouts.Default);
            return true;
        });
        Publish(1);
        await reached.WaitAsync(Ct);
        try
        {
            var publishing = Task.Run(() => Publish([.. Enumerable.Range(2, 1_000).Select(n => (long)n)]), Ct);
            await publishing.WaitAsync(TestTimeouts.Default, Ct);
        }
        finally
        {
            stuck.Set();
        }
    }

    [Fact]
    public async Task Whoever_s_rights_changed_hears_nothing_more_and_others_go_on()
    {
        using var gone = _feed.Subscribe(1, _ => true);
        using var secondPage = _feed.Subscribe(1, _ => true);
        using var other = _feed.Subscribe(2, _ => true);
        Publish(1);
        await NextAsync(other);

        _stamps.Renew(1, "another stamp");

        Assert.Null(await NextAsync(gone));
        Assert.Null(await NextAsync(secondPage));
        Publish(2);
        Assert.Equal([2], Keys(await NextAsync(other)));
        Assert.Null(await NextAgainAsync(gone));
    }

    [Fact]
    public async Task Leaving_unsubscribes()
    {
        var reader = _feed.Subscribe(1, _ => true);
        Assert.Equal(1, _feed.Subscribers);
        var waiting = reader.NextAsync(Ct);
        reader.Dispose();
        Assert.Null(await waiting);
        Assert.Equal(0, _feed.Subscribers);
    }

    /// <summary>The next delivery; advances the clock until it arrives.</summary>
    private Task<Delivery?> NextAsync(Subscription reader) => PassAsync(reader.NextAsync(Ct));

    private async Task<Delivery?> PassAsync(Task<Delivery?> delivery)
    {
        while (!delivery.IsCompleted)
        {
            _clock.Advance(Gather);
            await Task.Yield();
        }
        return await delivery;
    }

    private void Publish(params long[] keys) => _feed.Publish([.. keys.Select(k => new KeyChanged("test", k))]);

    private static IEnumerable<long> Keys(Delivery? delivery) => delivery!.Changes.Cast<KeyChanged>().Select(c => c.Key);

    private static Task<Delivery?> NextAgainAsync(Subscription subscription) => subscription.NextAsync(Ct).WaitAsync(TestTimeouts.Default, Ct);

    /// <summary>A circuit whose work waits until it is no longer busy.</summary>
    private sealed class BusyContext(Task busy) : SynchronizationContext
    {
        public override void Post(SendOrPostCallback d, object? state) => busy.ContinueWith(_ => d(state), TaskScheduler.Default);
    }
}
