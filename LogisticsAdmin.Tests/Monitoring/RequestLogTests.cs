using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Monitoring;

public sealed class RequestLogTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_is_logged_by_route_status_and_duration_without_personal_data()
    {
        using var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(environment: "Production", change: s => s.AddSingleton<ILoggerProvider>(log));
        using var client = app.Visitor();
        client.DefaultRequestHeaders.Add("User-Agent", "Phone-of-Wang");

        foreach (var address in new[] { "/my/repairs/WX-2026-00001?q=王小雨", "/app.css", "/health/ready", "/nothing/13800000000" })
            (await client.GetAsync(address, Ct)).Dispose();

        var requests = log.Messages.Where(m => m.Contains("Method: GET", StringComparison.Ordinal)).ToList();
        Assert.Equal(2, requests.Count);
        Assert.Contains("Route: /my/repairs/{Number}", requests[0], StringComparison.Ordinal);
        Assert.Contains("StatusCode: 302", requests[0], StringComparison.Ordinal);
        Assert.Contains("Route: \n", requests[1], StringComparison.Ordinal);
        Assert.All(requests, r => Assert.Contains("Duration: ", r, StringComparison.Ordinal));
        foreach (var personal in new[] { "王小雨", "Wang", "13800000000", "WX-2026-00001" })
            Assert.DoesNotContain(requests, r => r.Contains(personal, StringComparison.Ordinal));
    }

    [Fact]
    public async Task In_Development_requests_are_not_logged()
    {
        using var log = new RecordingLoggerProvider();
        await using var app = await TestApp.StartAsync(change: s => s.AddSingleton<ILoggerProvider>(log));
        (await app.Visitor().GetAsync("/Account/Login", Ct)).Dispose();

        Assert.DoesNotContain(log.Messages, m => m.Contains("Method: GET", StringComparison.Ordinal));
    }
}
