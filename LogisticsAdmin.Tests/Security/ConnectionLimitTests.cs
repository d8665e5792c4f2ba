using System.Net;
using System.Net.Sockets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Tests.Support;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace LogisticsAdmin.Tests.Security;

/// <summary>Clients that only connect, and send nothing.</summary>
public sealed class ConnectionLimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(512, 10)]
    [InlineData(1024, 162)]
    [InlineData(65536, 10000)]
    [InlineData(100, 10)]
    [InlineData(null, 1000)]
    public void Both_kinds_of_connections_together_stay_below_the_descriptor_limit(int? openFiles, int ofEach) =>
        Assert.Equal(ofEach, ConnectionLimits.OfEach(openFiles));

    [Fact]
    public async Task The_limits_are_this_process_s_unless_a_setting_says_otherwise()
    {
        await using var app = await TestApp.StartAsync();
        await using var set = await TestApp.StartAsync(settings: new Dictionary<string, string>
        {
            ["Kestrel:Limits:MaxConcurrentConnections"] = "77",
            ["Kestrel:Limits:KeepAliveTimeout"] = "00:01:00",
        });
        var (own, given) = (LimitsOf(app), LimitsOf(set));

        Assert.Equal(ConnectionLimits.OfEach(ConnectionLimits.OpenFiles()), own.MaxConcurrentConnections);
        Assert.Equal(own.MaxConcurrentConnections, own.MaxConcurrentUpgradedConnections);
        Assert.Equal((77, TimeSpan.FromMinutes(1)), (given.MaxConcurrentConnections, given.KeepAliveTimeout));
        if (OperatingSystem.IsLinux()) Assert.NotNull(ConnectionLimits.OpenFiles());
    }

    [Fact]
    public async Task Idle_connections_beyond_the_limit_are_closed_and_leave_the_others_working()
    {
        await using var app = await TestApp.StartAsync(
            kestrel: true, settings: new Dictionary<string, string> { ["Kestrel:Limits:MaxConcurrentConnections"] = "20" });
        var address = new Uri(app.Address!);
        using var early = new HttpClient { BaseAddress = address };
        Assert.Equal("Healthy", await early.GetStringAsync("health/live", Ct));

        List<TcpClient> idle = [];
        for (var i = 0; i < 60; i++)
        {
            var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, address.Port, Ct);
            idle.Add(client);
        }
        var closed = idle.Select(c => WaitForEndAsync(c)).ToList();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        patience.CancelAfter(TestTimeouts.Default);
        // One of the 20 is the client that came first.
        await Task.WhenEach(closed).Take(41).CountAsync(patience.Token);

        Assert.Equal(19, closed.Count(c => !c.IsCompleted));
        Assert.Equal("Healthy", await early.GetStringAsync("health/live", Ct));
        foreach (var client in idle) client.Dispose();
        Assert.Equal("Healthy", await AnswerToANewOneAsync(address, patience.Token));
    }

    private static KestrelServerLimits LimitsOf(TestApp app) => app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

    /// <summary>The server learns a moment later that the idle ones have left.</summary>
    private static async Task<string> AnswerToANewOneAsync(Uri address, CancellationToken within)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            try
            {
                using var late = new HttpClient { BaseAddress = address };
                return await late.GetStringAsync("health/live", within);
            }
            catch (HttpRequestException)
            {
                await timer.WaitForNextTickAsync(within);
            }
        }
    }

    /// <summary>Ends when the server has closed the connection.</summary>
    private static async Task WaitForEndAsync(TcpClient client)
    {
        try
        {
            if (await client.GetStream().ReadAsync(new byte[1], Ct) > 0) throw new InvalidOperationException("The server has sent something.");
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            // Reset instead of closed, or left by this test.
        }
    }
}
