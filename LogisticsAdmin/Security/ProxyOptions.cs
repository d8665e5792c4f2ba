namespace LogisticsAdmin.Security;

public sealed class ProxyOptions
{
    /// <summary>Addresses (10.0.0.5) and networks (10.0.0.0/24) of the reverse proxies in front of the app. Forwarded headers of others are ignored.</summary>
    public IReadOnlyList<string> Trusted { get; set; } = [];
}
