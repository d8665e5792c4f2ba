using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Has every request come from this address, such as a proxy's.</summary>
internal sealed class FixedRemoteAddress(string address) : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, go) =>
        {
            context.Connection.RemoteIpAddress = IPAddress.Parse(address);
            return go(context);
        });
        next(app);
    };
}
