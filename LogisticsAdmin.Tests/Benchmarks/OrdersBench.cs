using System.Diagnostics;
using System.Globalization;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>A rush for the last portions, and what kitchens wait for.</summary>
internal static class OrdersBench
{
    private const int People = 300, Portions = 100, Screens = 20, WarmUp = 40, Rounds = 200;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10), Apart = TimeSpan.FromMilliseconds(100);

    public static async Task RunAsync()
    {
        await RushAsync();
        await KitchensAsync();
    }

    private static async Task RushAsync()
    {
        await using var host = await TestHost.OpenAsync();
        var shop = await host.ShopAsync(portions: Portions, capacity: 1_000);
        List<OrderingService> desks = [];
        foreach (var person in await host.RichAsync(People, 5_000)) desks.Add((await host.AsAsync(person)).Get<OrderingService>());
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(desks.Select(desk => Task.Run(async () =>
        {
            try
            {
                await desk.PlaceAsync(host.Dinner(shop));
                return (Has: true, Took: Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
            catch (Rejected)
            {
                return (Has: false, Took: Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })));
        var times = Percentiles.Of([.. answers.Select(a => a.Took)]);
        var table = new Table($"{People} people at once", "have it", "orders/s", "p50 ms", "p95 ms", "target");
        table.Row($"the last {Portions} portions", answers.Count(a => a.Has), People * 1_000.0 / times.Max, times.P50, times.P95, $"{Portions}");
    }

    private static async Task KitchensAsync()
    {
        await using var app = await ChildApp.StartAsync();
        using var session = new CircuitSession(app.Address);
        await session.LoginAsync("/Account/Login", TestUsers.Dispatcher, DemoPeople.Password);
        await using var fleet = await CircuitFleet.OpenAsync([session], await app.AskAsync("kitchen"), "pick-up-code", Screens);
        List<double> seen = [], saved = [];
        var missed = 0;
        for (var i = 0; i < WarmUp; i++) await OrderAsync(i);
        (seen, saved, missed) = ([], [], 0);
        var began = Stopwatch.GetTimestamp();
        for (var i = WarmUp; i < WarmUp + Rounds; i++) await OrderAsync(i);
        var (times, rate) = (Percentiles.Of(seen), Rounds / Stopwatch.GetElapsedTime(began).TotalSeconds);
        var table = new Table("an order until every kitchen shows it", "orders/s", "p50 ms", "p95 ms", "max ms", "missed", "save p95", "target");
        table.Row($"{Screens} open kitchens", rate, times.P50, times.P95, times.Max, missed, Percentiles.Of(saved).P95, "10/s, p95 150");

        async Task OrderAsync(int i)
        {
            var started = Stopwatch.GetTimestamp();
            var wish = FormattableString.Invariant($"少油{i:0000}");
            var fanOut = await fleet.ExpectAsync(
                wish, async () => saved.Add(double.Parse(await app.AskAsync($"order {wish}"), CultureInfo.InvariantCulture)), Timeout);
            seen.AddRange(fanOut.LatenciesMs);
            missed += fanOut.Missed;
            var left = Apart - Stopwatch.GetElapsedTime(started);
            if (left > TimeSpan.Zero) await Task.Delay(left);
        }
    }
}
