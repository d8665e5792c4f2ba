using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Live;

/// <summary>
/// A stop that takes seconds although pages are open: they are told first and wait for the next start, new requests are refused so that
/// nothing reconnects to the process that ends.
/// </summary>
internal sealed class ServerStop(IHostApplicationLifetime lifetime, OpenCircuits circuits) : IHostedService
{
    /// <summary>How long requests and background work may go on after the stop was asked for.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Telling = TimeSpan.FromMilliseconds(500);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        // Registered last and so called first: SignalR closes its connections at the same event.
        lifetime.ApplicationStarted.Register(() => lifetime.ApplicationStopping.Register(() => circuits.TellStopAsync().Wait(Telling)));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public static Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        if (!context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping.IsCancellationRequested) return next(context);
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers[HeaderNames.Connection] = "close";
        context.Response.Headers.RetryAfter = "5";
        return Task.CompletedTask;
    }
}
