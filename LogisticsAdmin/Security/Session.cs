using System.Security.Claims;

namespace LogisticsAdmin.Security;

/// <summary>
/// A sign-in of one browser that has not ended. Signing out, a change of password or rights, and an administrator's one-time code delete it;
/// cookies, circuits and subscriptions that name it are then refused.
/// </summary>
public sealed class Session
{
    /// <summary>As long as an unused cookie lasts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(14);

    /// <summary>How exactly <see cref="LastSeenAt"/> is stored: a session writes at most this often.</summary>
    public static readonly TimeSpan SeenInterval = TimeSpan.FromMinutes(5);

    public Guid Id { get; init; } = Guid.CreateVersion7();
    public required long PersonId { get; init; }
    public required DateTimeOffset StartedAt { get; init; }
    public required DateTimeOffset LastSeenAt { get; set; }
    public required SignInMethod Method { get; init; }

    /// <summary>The client's address at the sign-in, as reported by the configured proxies.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in a few words: "Chrome · Windows".</summary>
    public string? Device { get; init; }

    /// <summary>What the sign-in cookie says about it.</summary>
    public Claim ToClaim() => ClaimOf(Id);

    public static Claim ClaimOf(Guid id) => new(PersonClaims.Session, id.ToString("N"));
}
