using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Account;

/// <summary>
/// Limits attempts by address and by name, and locks unknown names just like known ones. A browser in which the person signed in before has
/// limits of its own, so that strangers can't use them up.
/// </summary>
public sealed class SignInLimits(IOptions<SignInOptions> options, IOptions<IdentityOptions> identity, TimeProvider clock) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _addresses = PerMinute(options.Value.AttemptsPerAddress);
    private readonly PartitionedRateLimiter<string> _names = PerMinute(options.Value.AttemptsPerName);
    private readonly PartitionedRateLimiter<string> _browsers = PerMinute(options.Value.AttemptsPerName);
    private readonly PartitionedRateLimiter<string> _passkeys = PerMinute(options.Value.AttemptsPerAddress);
    private readonly FailedAttempts _unknownNames = new(identity.Value.Lockout, clock);
    private readonly FailedAttempts _knownBrowsers = new(identity.Value.Lockout, clock);

    /// <summary>Counts an attempt with a password. Null when it may proceed, otherwise how long to wait.</summary>
    public TimeSpan? Attempt(string address, string name, string? knownBrowser) =>
        knownBrowser is not null ? Acquire(_browsers, knownBrowser) : Acquire(_addresses, address) ?? Acquire(_names, name);

    /// <summary>Counts a request or an answer of a passkey. Null when it may proceed, otherwise how long to wait.</summary>
    public TimeSpan? AttemptPasskey(string address, string? knownBrowser) =>
        knownBrowser is not null ? Acquire(_browsers, knownBrowser) : Acquire(_passkeys, address);

    /// <summary>Counts a failure of an unknown name and returns until when the name is locked, if it is.</summary>
    public DateTimeOffset? UnknownNameFailed(string name) => _unknownNames.Count(name, isRight: false);

    /// <summary>Counts a password from a known browser and returns until when it is locked, if it is.</summary>
    public DateTimeOffset? CountKnownBrowser(string knownBrowser, bool isRight) => _knownBrowsers.Count(knownBrowser, isRight);

    public void Dispose()
    {
        foreach (var limiter in new[] { _addresses, _names, _browsers, _passkeys }) limiter.Dispose();
    }

    private static TimeSpan? Acquire(PartitionedRateLimiter<string> limiter, string key)
    {
        using var lease = limiter.AttemptAcquire(key);
        if (lease.IsAcquired) return null;
        return lease.TryGetMetadata(MetadataName.RetryAfter, out var after) && after > TimeSpan.Zero ? after : TimeSpan.FromMinutes(1);
    }

    private static PartitionedRateLimiter<string> PerMinute(int attempts) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetFixedWindowLimiter(key, _ => new FixedWindowRateLimiterOptions { PermitLimit = attempts, Window = TimeSpan.FromMinutes(1) }));
}
