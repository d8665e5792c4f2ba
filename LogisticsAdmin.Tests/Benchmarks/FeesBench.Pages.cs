using System.Collections.Concurrent;
using System.Diagnostics;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Fees;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

internal static partial class FeesBench
{
    private const int Payments = 1_500, AtOnce = 10, PagesPerSecond = 200, PageSeconds = 10, PageClients = 4;

    // Signed messages of the gateway about open orders, ten at a time; each is stored and applied, with receipt, entries and message.
    private static async Task PayAsync(TestHost host)
    {
        ConcurrentQueue<IReadOnlyDictionary<string, string>> said = new();
        for (var n = 0; n < Payments; n++) said.Enqueue(await host.SaidAsync(await host.OpenAsync(await host.OrderAsync("1"))));
        ConcurrentBag<double> took = [];
        var seconds = await TimeAsync(() => Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (said.TryDequeue(out var message)) took.Add(await TimeAsync(() => host.HearAsync(message)) * 1_000);
        }))));
        var times = Percentiles.Of([.. took]);
        var table = new Table("payments", "payments/s", "p50 ms", "p95 ms", "target");
        table.Row($"{Payments:N0} notifications applied, {AtOnce} at once", Payments / seconds, times.P50, times.P95, "300/s, p95 50");
    }

    // A request is due every few milliseconds, however long those before it take; what it waits counts.
    private static async Task LoadPageAsync(string storage)
    {
        await using var app = await TestApp.StartAsync(kestrel: true, storage: storage);
        List<HttpClient> clients = [];
        for (var n = 0; n < PageClients; n++) clients.Add(await app.SignInAsync(TestUsers.Resident));
        await LoadAsync(3);
        var times = Percentiles.Of(await LoadAsync(PageSeconds));
        var table = new Table("page", "p50 ms", "p95 ms", "max ms", "target");
        table.Row($"/my/fees at {PagesPerSecond} requests a second", times.P50, times.P95, times.Max, "p95 20");

        async Task<List<double>> LoadAsync(int forSeconds)
        {
            var watch = Stopwatch.StartNew();
            List<Task<double>> requests = [];
            for (var n = 0; n < PagesPerSecond * forSeconds; n++)
            {
                var due = TimeSpan.FromSeconds((double)n / PagesPerSecond);
                while (watch.Elapsed < due) await Task.Delay(1);
                requests.Add(RequestAsync(clients[n % PageClients], due));
            }
            return [.. await Task.WhenAll(requests)];

            async Task<double> RequestAsync(HttpClient client, TimeSpan due)
            {
                using var response = await client.GetAsync("/my/fees");
                response.EnsureSuccessStatusCode();
                await response.Content.ReadAsByteArrayAsync();
                return (watch.Elapsed - due).TotalMilliseconds;
            }
        }
    }
}
