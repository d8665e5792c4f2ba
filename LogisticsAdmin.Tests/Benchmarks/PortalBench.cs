using LogisticsAdmin.Features.People;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using LogisticsAdmin.Tests.Voice;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>What residents wait for on their phones.</summary>
internal static class PortalBench
{
    private const int Clients = 4, Residents = 1_000;

    public static async Task RunAsync()
    {
        await PagesAsync();
        await MemoryAsync();
    }

    private static async Task PagesAsync()
    {
        await using var work = new AppWithUsers(await TestApp.StartAsync(kestrel: true));
        await work.InDatabaseAsync(OrderSteps.AddFirstOrderAsync);
        await work.InDatabaseAsync(VoiceSteps.AddFirstCaseAsync);
        var complaint = await work.InDatabaseAsync(db => (
            from r in db.VoiceReporters
            join p in db.Users on r.PersonId equals p.Id
            where p.UserName == TestUsers.Resident
            select r.CaseId).FirstAsync());
        List<HttpClient> clients = [];
        for (var i = 0; i < Clients; i++) clients.Add(await work.App.SignInAsync(TestUsers.Resident));
        var table = new Table($"pages with {Clients} clients", "requests/s", "p50 ms", "p95 ms", "max ms", "KB", "target");
        foreach (var (what, address) in new[]
        {
            ("home", "/my"), ("menu", "/my/orders/menu"), ("an order", $"/my/orders/{OrderSteps.FirstOrder}"),
            ("a complaint", FormattableString.Invariant($"/my/voice/{complaint}")),
        })
        {
            var size = (await clients[0].GetByteArrayAsync(address)).Length / 1024.0;
            var (perSecond, times) = await PageLoad.MeasureAsync(clients, address);
            table.Row(what, perSecond, times.P50, times.P95, times.Max, size, "1,000, p95 10");
        }
    }

    // The same person signed in again and again: each has a session, a cookie and a stamp of their own.
    private static async Task MemoryAsync()
    {
        Environment.SetEnvironmentVariable("SignIn__AttemptsPerAddress", "1000000");
        Environment.SetEnvironmentVariable("SignIn__AttemptsPerName", "1000000");
        await using var app = await ChildApp.StartAsync();
        await SignInAsync(20);
        var before = app.Usage.RssKib;
        await SignInAsync(Residents);
        var table = new Table("signed in, one page read, nothing open", "KiB each");
        table.Row($"{Residents:N0} residents", (app.Usage.RssKib - before) / Residents);

        async Task SignInAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                using var session = new CircuitSession(app.Address);
                await session.LoginAsync("/Account/Login", TestUsers.Resident, DemoPeople.Password);
                await session.DownloadAsync("/my");
            }
        }
    }
}
