using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>Rate limits of sign-in. A whole campus may share one address.</summary>
public sealed class SignInOptions
{
    /// <summary>Attempts a minute from one address.</summary>
    public int AttemptsPerAddress { get; set; } = 600;

    /// <summary>Attempts a minute for one name, whether anybody has it or not.</summary>
    public int AttemptsPerName { get; set; } = 30;
}

/// <summary>Counts sign-ins by address and by name. Unknown names are locked in the same way as known ones.</summary>
public sealed class SignInLimits(IOptions<SignInOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock) : IDisposable
{
    private const int MostStrangers = 10_000;
    private readonly PartitionedRateLimiter<string> _addresses = PerMinute(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<string> _names = PerMinute(options.Value.AttemptsPerName);
    private readonly ConcurrentDictionary<string, (int Failures, DateTimeOffset? Until)> _strangers = new();

    /// <summary>How long to wait before the next attempt; null when this one is allowed.</summary>
    public TimeSpan? Wait(string address, string name)
    {
        if (Wait(address) is { } wait) return wait;
        using var byName = _names.AttemptAcquire(name);
        return byName.IsAcquired ? null : After(byName);
    }

    /// <summary>The same without a name, as with a passkey.</summary>
    public TimeSpan? Wait(string address)
    {
        using var byAddress = _addresses.AttemptAcquire(address);
        return byAddress.IsAcquired ? null : After(byAddress);
    }

    /// <summary>Counts a failure of an unknown name. Returns until when the name is locked, if it is.</summary>
    public DateTimeOffset? StrangerFailed(string name)
    {
        var (lockout, now) = (identity.Value.Lockout, clock.GetUtcNow());
        if (_strangers.Count >= MostStrangers) _strangers.Clear();
        return _strangers.AddOrUpdate(name, _ => (1, null), (_, known) => known.Until > now ? known
            : known.Failures + 1 >= lockout.MaxFailedAccessAttempts ? (0, now + lockout.DefaultLockoutTimeSpan)
            : (known.Failures + 1, null)).Until;
    }

    public void Dispose()
    {
        _addresses.Dispose();
        _names.Dispose();
    }

    private static TimeSpan After(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.Zero ? after : TimeSpan.FromMinutes(1);

    private static PartitionedRateLimiter<string> PerMinute(int attempts) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) }));
}
