using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Account;

/// <summary>Failures in a row, counted in memory, and locked by the rules of an account: for names that nobody has and for known browsers.</summary>
internal sealed class FailedAttempts(LockoutOptions rules, TimeProvider clock)
{
    private const int MaxKeys = 10_000;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Failures, DateTimeOffset? Until)> _counts = [];

    /// <summary>Counts an attempt. Returns until when it is locked, whatever the password was; null when it is not locked.</summary>
    public DateTimeOffset? Count(string key, bool isRight)
    {
        lock (_lock)
        {
            var (known, now) = (_counts.GetValueOrDefault(key), clock.GetUtcNow());
            if (known.Until > now) return known.Until;
            if (isRight)
            {
                _counts.Remove(key);
                return null;
            }
            if (_counts.Count >= MaxKeys) _counts.Clear();
            _counts[key] = known.Failures + 1 >= rules.MaxFailedAccessAttempts ? (0, now + rules.DefaultLockoutTimeSpan) : (known.Failures + 1, null);
            return _counts[key].Until;
        }
    }
}
