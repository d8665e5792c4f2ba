using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>How many messages of gateways one address may send.</summary>
internal sealed class NoticeLimits(IOptions<PaymentsOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PartitionedRateLimiter.Create<string, string>(address =>
        RateLimitPartition.GetFixedWindowLimiter(address, _ => new FixedWindowRateLimiterOptions
        {
            PermitLimit = options.Value.NoticesPerMinute,
            Window = TimeSpan.FromMinutes(1),
        }));

    public bool Allows(string address)
    {
        using var lease = _addresses.AttemptAcquire(address);
        return lease.IsAcquired;
    }

    public void Dispose() => _addresses.Dispose();
}
