using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Benchmarks.Circuits;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Starts the app in a process of its own on an existing database, and measures until it has served the first page.</summary>
internal static class StartBench
{
    private const int Tickets = 100_000, Rounds = 7;

    public static async Task RunAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(Tickets);
        await FirstPageAsync(store.Directory);
        List<double> took = [];
        for (var i = 0; i < Rounds; i++) took.Add(await FirstPageAsync(store.Directory));

        var starts = Percentiles.Of(took);
        var table = new Table("process start to first page", "starts", "p50 ms", "p95 ms", "max ms", "target");
        table.Row($"sign-in page, {Tickets:N0} tickets stored", starts.Count, starts.P50, starts.P95, starts.Max, "3,000 ms");
    }

    private static async Task<double> FirstPageAsync(string directory)
    {
        var address = FreeAddress();
        var start = new ProcessStartInfo("dotnet", [typeof(LogisticsDb).Assembly.Location, "--urls", address.AbsoluteUri])
        {
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Storage__Directory"] = directory;

        var began = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        try
        {
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            var problem = process.StandardError.ReadToEndAsync();
            using var http = new HttpClient { BaseAddress = address };
            while (true)
            {
                if (process.HasExited) throw new InvalidOperationException($"The app did not start: {await problem}");
                try
                {
                    using var page = await http.GetAsync("/Account/Login");
                    page.EnsureSuccessStatusCode();
                    await page.Content.ReadAsStringAsync();
                    return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                }
                catch (HttpRequestException e) when (e.StatusCode is null)
                {
                    await Task.Delay(5);
                }
            }
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static Uri FreeAddress()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((System.Net.IPEndPoint)listener.LocalEndpoint).Port}");
    }
}
