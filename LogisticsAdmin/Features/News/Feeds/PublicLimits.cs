using System.Threading.RateLimiting;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.News.Feeds;

/// <summary>How often one address may ask for what is marked with <see cref="PublicLimitAttribute"/>, all of it together.</summary>
internal sealed class PublicLimits(IOptions<LimitOptions> options) : IMiddleware, IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.PublicRequestsPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PublicLimitAttribute>() is null)
        {
            await next(context);
            return;
        }
        using var lease = _addresses.AttemptAcquire(context.Connection.RemoteIpAddress?.ToString() ?? "");
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = "60";
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }

    public void Dispose() => _addresses.Dispose();
}
