using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Monitoring;

/// <summary>Lets a collector on this machine ask for metrics, or one with the token. For everybody else there is no such page.</summary>
internal sealed class MetricsAccess(RequestDelegate next, IOptions<MetricsOptions> options)
{
    // A proxy on this machine calls from here on behalf of others, whether or not it is trusted.
    private static readonly string[] SentByProxies =
    [
        ForwardedHeadersDefaults.XForwardedForHeaderName, ForwardedHeadersDefaults.XForwardedHostHeaderName, ForwardedHeadersDefaults.XForwardedProtoHeaderName,
        ForwardedHeadersDefaults.XOriginalForHeaderName, "Forwarded", HeaderNames.Via,
    ];

    public Task InvokeAsync(HttpContext context)
    {
        if (IsLocal(context) || HasToken(context.Request)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !SentByProxies.Any(context.Request.Headers.ContainsKey);

    private bool HasToken(HttpRequest request) =>
        options.Value.Token is { Length: > 0 } token
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes($"Bearer {token}"), Encoding.UTF8.GetBytes(request.Headers.Authorization.ToString()));
}
