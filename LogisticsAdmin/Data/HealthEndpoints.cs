using Microsoft.AspNetCore.Diagnostics.HealthChecks;

namespace LogisticsAdmin.Data;

public static class HealthEndpoints
{
    private const string Ready = "ready";

    public static void AddStorageHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: [Ready]);

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: database and storage directory are usable, too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
