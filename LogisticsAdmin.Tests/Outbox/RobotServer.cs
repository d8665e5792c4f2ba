using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LogisticsAdmin.Tests.Outbox;

/// <summary>The webhooks of a provider, on a free port of this machine.</summary>
internal sealed class RobotServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private RobotServer(WebApplication app) => _app = app;

    internal sealed record Call(string Query, string Text);

    public ConcurrentQueue<Call> Calls { get; } = [];

    /// <summary>Status and body of the answer.</summary>
    public Func<(int Status, string Body)> Answer { get; set; } = () => (200, """{"errcode":0,"errmsg":"ok"}""");

    public string Origin => _app.Urls.Single();

    public static async Task<RobotServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var server = new RobotServer(app);
        app.MapPost("/{**path}", server.TakeAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        if (body.RootElement.GetProperty("msgtype").GetString() == "text")
            Calls.Enqueue(new Call(context.Request.QueryString.Value ?? "", body.RootElement.GetProperty("text").GetProperty("content").GetString()!));
        var (status, answer) = Answer();
        context.Response.StatusCode = status;
        if (status is 301 or 302 or 307) context.Response.Headers.Location = answer;
        await context.Response.WriteAsync(answer);
    }
}
