namespace LogisticsAdmin.Security;

/// <summary>One attempt to sign in as a person. Never updated.</summary>
public sealed class SignInRecord
{
    public long Id { get; private set; }
    public required long PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required SignInMethod Method { get; init; }
    public required bool Succeeded { get; init; }

    /// <summary>The client's address, as reported by the configured proxies.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in a few words: "Chrome · Windows".</summary>
    public string? Device { get; init; }
}
