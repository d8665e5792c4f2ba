using System.Net;
using System.Net.Http.Headers;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Monitoring;

public sealed class MetricsTests
{
    private const string Token = "a-long-token-of-a-collector";

    private static readonly Dictionary<string, string> WithToken = new() { ["Metrics:Token"] = Token };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_collector_on_this_machine_reads_what_the_office_has_to_watch()
    {
        await using var app = await TestApp.StartAsync(kestrel: true);
        await using var work = new AppWithUsers(app);
        await work.ReportAsync("走廊灯不亮");
        using var client = new HttpClient { BaseAddress = new Uri(app.Address!) };
        (await client.GetAsync("/Account/Login", Ct)).Dispose();

        var text = await client.GetStringAsync("/metrics", Ct);

        foreach (var name in new[]
        {
            "logistics_circuits{", "logistics_writes_wait_milliseconds_bucket", "logistics_verbs_total{", "logistics_feed_lag_milliseconds_bucket",
            "logistics_wal_size_bytes",
            "logistics_storage_free_bytes", "logistics_database_size_bytes", "logistics_jobs_runs_total{", "http_server_request_duration_seconds_bucket",
            "kestrel_active_connections", "dotnet_gc_collections",
        })
        {
            Assert.Contains($"\n{name}", text, StringComparison.Ordinal);
        }
        Assert.Contains("verb=\"Submit\"", text, StringComparison.Ordinal);
        Assert.Contains("job=\"StorageWatch\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Proto", "https")]
    [InlineData("Forwarded", "for=127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    public async Task Nobody_reads_them_through_a_proxy_on_this_machine_without_the_token(string header, string value)
    {
        await using var app = await TestApp.StartAsync(kestrel: true, settings: WithToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Address!) };
        client.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(client));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token + "x");
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(client));
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        Assert.Equal(HttpStatusCode.OK, await AskAsync(client));
    }

    [Fact]
    public async Task Without_a_token_a_request_with_an_empty_one_from_elsewhere_is_refused()
    {
        await using var app = await TestApp.StartAsync();
        using var client = app.Visitor();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer ");

        // Its address is unknown, so it is not local.
        Assert.Equal(HttpStatusCode.NotFound, await AskAsync(client));
    }

    private static async Task<HttpStatusCode> AskAsync(HttpClient client)
    {
        using var answer = await client.GetAsync("/metrics", Ct);
        return answer.StatusCode;
    }
}
