using System.Threading.RateLimiting;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>How often one address may ask for what needs no account.</summary>
internal sealed class PublicLimits(IOptions<LimitOptions> options) : IEndpointFilter, IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.PublicRequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        using var lease = _addresses.AttemptAcquire(context.HttpContext.Connection.RemoteIpAddress?.ToString() ?? "");
        if (lease.IsAcquired) return await next(context);
        context.HttpContext.Response.Headers.RetryAfter = "60";
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    public void Dispose() => _addresses.Dispose();
}
