using System.Diagnostics;
using System.Net;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// A resident opens a page again and again while thirty visitors guess passwords, each as soon as the last one was answered; the app is a child
/// process with a real Kestrel. Every guess is for another name, so that no limit ends them.
/// </summary>
internal static class GuessesBench
{
    private const int Guessers = 30, WarmUp = 50;
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    public static async Task RunAsync()
    {
        Environment.SetEnvironmentVariable("SignIn__AttemptsPerAddress", "1000000");
        await using var app = await ChildApp.StartAsync();
        using var resident = Client(app);
        using (var signedIn = await resident.PostFormAsync("/Account/Login", ("Input.UserName", TestUsers.Resident), ("Input.Password", DemoPeople.Password)))
            if (signedIn.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException("The resident could not sign in.");
        for (var i = 0; i < WarmUp; i++) (await resident.GetAsync("/my")).Dispose();

        var table = new Table("somebody else's page meanwhile", "pages", "p50 ms", "p95 ms", "max ms", "guesses/s", "target");
        var quiet = Percentiles.Of(await OpenAsync(resident));
        table.Row("nobody guesses", quiet.Count, quiet.P50, quiet.P95, quiet.Max, 0, "");

        using var over = new CancellationTokenSource();
        var (guesses, began) = (0, Stopwatch.GetTimestamp());
        var guessing = Enumerable.Range(0, Guessers).Select(n => Task.Run(async () =>
        {
            using var visitor = Client(app);
            var form = (await visitor.PageAsync("/Account/Login")).Forms.First(f => f.QuerySelector("[name='Input.UserName']") is not null);
            while (!over.IsCancellationRequested)
            {
                var name = $"nobody-{n}-{Interlocked.Increment(ref guesses)}";
                using var answer = await visitor.SendFormAsync(form, "/Account/Login", ("Input.UserName", name), ("Input.Password", "not the password"));
                answer.EnsureSuccessStatusCode();
            }
        })).ToList();
        var busy = Percentiles.Of(await OpenAsync(resident));
        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        await over.CancelAsync();
        await Task.WhenAll(guessing);
        table.Row($"{Guessers} wrong passwords at a time", busy.Count, busy.P50, busy.P95, busy.Max, guesses / seconds, "p95 50 ms");
    }

    private static async Task<List<double>> OpenAsync(HttpClient resident)
    {
        List<double> took = [];
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < Measured;)
        {
            var start = Stopwatch.GetTimestamp();
            using (var page = await resident.GetAsync("/my")) page.EnsureSuccessStatusCode();
            took.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(Pause);
        }
        return took;
    }

    private static HttpClient Client(ChildApp app) =>
        new(new CookieContainerHandler(new CookieContainer()) { InnerHandler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false } })
        {
            BaseAddress = app.Address,
        };
}
