using System.Net;
using System.Net.Sockets;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Security;

public sealed class ProxyOptions
{
    /// <summary>Addresses (10.0.0.5) and networks (10.0.0.0/24) of the reverse proxies in front of the app. Nobody else is believed.</summary>
    public IReadOnlyList<string> Trusted { get; set; } = [];
}

public static class Proxies
{
    /// <summary>
    /// Takes the client's address and scheme from the configured proxies; without any, the headers count for nothing. Refuses as
    /// <see cref="StartupProblem"/> what is neither an address nor a network.
    /// </summary>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        // One address where the list belongs would be left out without a word.
        if (app.ApplicationServices.GetRequiredService<IConfiguration>()["Proxies:Trusted"] is { Length: > 0 } single) throw Wrong(single);
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted;
        if (trusted.Count == 0) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
        {
            if (System.Net.IPNetwork.TryParse(proxy, out var network)) options.KnownIPNetworks.Add(network);
            else if (IPAddress.TryParse(proxy, out var address) && IsWhole(address, proxy)) options.KnownProxies.Add(address);
            else throw Wrong(proxy);
        }
        return app.UseForwardedHeaders(options);
    }

    // 10.0.5 is read as 10.0.0.5, by a custom nobody means today.
    private static bool IsWhole(IPAddress address, string text) => address.AddressFamily != AddressFamily.InterNetwork || text.AsSpan().Count('.') == 3;

    private static StartupProblem Wrong(string proxy) =>
        new($"Proxies:Trusted must be a list of addresses (Proxies__Trusted__0=10.0.0.5) and networks (10.0.0.0/24), and \"{proxy}\" is wrong. Correct it in appsettings.json or the environment. 受信代理应逐条填写地址或网段，请更正 Proxies:Trusted。");
}
