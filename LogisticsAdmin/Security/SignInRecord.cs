namespace LogisticsAdmin.Security;

public enum SignInMethod
{
    Password = 1,
    OneTimeCode = 2,
    Passkey = 3,
}

/// <summary>Somebody came in, or did not: when, how, from where and with what. Never updated.</summary>
public sealed class SignInRecord
{
    public long Id { get; private set; }
    public required long PersonId { get; init; }
    public required DateTimeOffset At { get; init; }
    public required SignInMethod Method { get; init; }
    public required bool Succeeded { get; init; }

    /// <summary>The browser's address, as the configured proxies tell it.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in a few words: "Chrome · Windows".</summary>
    public string? Device { get; init; }
}
