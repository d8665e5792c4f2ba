using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>Limits sign-ins by address and by name, and locks unknown names just like known ones.</summary>
public sealed class SignInLimits(IOptions<SignInOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock) : IDisposable
{
    private const int MaxUnknownNames = 10_000;
    private readonly PartitionedRateLimiter<string> _addresses = PerMinute(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<string> _names = PerMinute(options.Value.AttemptsPerName);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset? Until)> _unknownNames = new();

    /// <summary>Counts an attempt. Null when it may proceed, otherwise how long to wait.</summary>
    public TimeSpan? Attempt(string address, string name)
    {
        if (Attempt(address) is { } wait) return wait;
        using var byName = _names.AttemptAcquire(name);
        return byName.IsAcquired ? null : RetryAfter(byName);
    }

    /// <summary>Counts an attempt without a name, as with a passkey.</summary>
    public TimeSpan? Attempt(string address)
    {
        using var byAddress = _addresses.AttemptAcquire(address);
        return byAddress.IsAcquired ? null : RetryAfter(byAddress);
    }

    /// <summary>Counts a failure of an unknown name and returns until when the name is locked, if it is.</summary>
    public DateTimeOffset? UnknownNameFailed(string name)
    {
        var (lockout, now) = (identity.Value.Lockout, clock.GetUtcNow());
        if (_unknownNames.Count >= MaxUnknownNames) _unknownNames.Clear();
        return _unknownNames.AddOrUpdate(name, _ => (1, null), (_, known) => known.Until > now ? known
            : known.Failures + 1 >= lockout.MaxFailedAccessAttempts ? (0, now + lockout.DefaultLockoutTimeSpan)
            : (known.Failures + 1, null)).Until;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _names.Dispose();
    }

    private static TimeSpan RetryAfter(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.Zero ? after : TimeSpan.FromMinutes(1);

    private static PartitionedRateLimiter<string> PerMinute(int attempts) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) }));
}
