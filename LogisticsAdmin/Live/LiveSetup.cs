using LogisticsAdmin.Live.Presence;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LogisticsAdmin.Live;

public static class LiveSetup
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddOptions<LiveOptions>().BindConfiguration("Live").ValidateOnStart();
        services.AddSingleton<LiveMeter>();
        services.AddSingleton<InProcessFeed>();
        services.AddSingleton<IChangeFeed>(sp => sp.GetRequiredService<InProcessFeed>());
        services.AddHostedService(sp => sp.GetRequiredService<InProcessFeed>());
        services.AddScoped<CircuitHandler, CircuitCounter>();
        services.AddSingleton<OpenCircuits>();
        services.AddScoped<CircuitHandler, OpenCircuit>();
        services.AddHostedService<ServerStop>();
        services.Configure<HostOptions>(o => o.ShutdownTimeout = ServerStop.Limit);
        services.AddSingleton(typeof(SharedRows<>));
        services.AddSingleton<PresenceBoard>();
        services.AddScoped<PresenceCircuit>();
        services.AddScoped<CircuitHandler>(sp => sp.GetRequiredService<PresenceCircuit>());
        return services;
    }

    /// <summary>Refuses requests once the app stops.</summary>
    public static IApplicationBuilder UseServerStop(this IApplicationBuilder app) => app.Use(ServerStop.RefuseAsync);

    private sealed class CircuitCounter(LiveMeter meter) : CircuitHandler
    {
        public override Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            meter.CircuitOpened();
            return Task.CompletedTask;
        }

        public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
        {
            meter.CircuitClosed();
            return Task.CompletedTask;
        }
    }
}
