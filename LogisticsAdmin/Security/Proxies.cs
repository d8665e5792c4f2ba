using System.Net;
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
    /// <summary>Takes the client's address and scheme from the configured proxies; without any, the headers count for nothing.</summary>
    public static IApplicationBuilder UseTrustedProxies(this IApplicationBuilder app)
    {
        var trusted = app.ApplicationServices.GetRequiredService<IOptions<ProxyOptions>>().Value.Trusted;
        if (trusted.Count == 0) return app;
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in trusted)
        {
            if (proxy.Contains('/')) options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(proxy));
            else options.KnownProxies.Add(IPAddress.Parse(proxy));
        }
        return app.UseForwardedHeaders(options);
    }
}
