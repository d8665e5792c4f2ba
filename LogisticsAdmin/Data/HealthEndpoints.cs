using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.HttpLogging;

namespace LogisticsAdmin.Data;

public static class HealthEndpoints
{
    private const string Ready = "ready";

    public static void AddStorageHealth(this IServiceCollection services)
    {
        services.AddSingleton<StorageState>();
        services.AddScoped<StorageProbe>();
        services.AddHostedService<StorageWatch>();
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: [Ready]);
        // The state is logged when it changes, not at each request.
        services.AddLogging(log => log.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None));
    }

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: database, keys and storage directory are usable, too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").AllowAnonymous().WithHttpLogging(HttpLoggingFields.None);
        health.MapHealthChecks("live", new HealthCheckOptions { Predicate = _ => false });
        health.MapHealthChecks("ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) });
    }
}
