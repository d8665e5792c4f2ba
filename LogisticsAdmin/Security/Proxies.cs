using System.Net;
using System.Net.Sockets;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Security;

public static class Proxies
{
    /// <summary>
    /// Takes the client's address, the scheme and the host from the forwarded headers of the configured proxies only; a host that
    /// AllowedHosts does not name is not taken. Throws <see cref="StartupProblem"/> for a value that is neither an address nor a network.
    /// </summary>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        // A single value in place of the list would be ignored silently.
        var settings = app.ApplicationServices.GetRequiredService<IConfiguration>();
        if (settings["Proxies:Trusted"] is { Length: > 0 } single) throw Wrong(single);
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted;
        if (trusted.Count == 0) return app;
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto | ForwardedHeaders.XForwardedHost,
            // The framework compares the Host header with them before this, and nothing compares the forwarded one.
            AllowedHosts = (settings["AllowedHosts"] ?? "*").Split(';', StringSplitOptions.RemoveEmptyEntries),
        };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address) && IsCompleteIPv4(address, proxy)) options.KnownProxies.Add(address);
            else throw Wrong(proxy);
        }
        return app.UseForwardedHeaders(options);
    }

    // IPAddress would read 10.0.5 as 10.0.0.5, which nobody means.
    private static bool IsCompleteIPv4(IPAddress address, string text) => address.AddressFamily != AddressFamily.InterNetwork || text.AsSpan().Count('.') == 3;

    private static StartupProblem Wrong(string proxy) =>
        new($"Proxies:Trusted must be a list of addresses (Proxies__Trusted__0=10.0.0.5) and networks (10.0.0.0/24), and \"{proxy}\" is wrong. "
            + "Correct it in appsettings.json or the environment. 受信代理应逐条填写地址或网段，请更正 Proxies:Trusted。");
}
