using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>Ready means: the database answers and the storage directory takes files.</summary>
internal sealed class StorageHealth(IDbContextFactory<LogisticsDb> databases, IOptions<StorageOptions> storage) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await using var db = await databases.CreateDbContextAsync(cancellationToken);
            await db.Roles.AnyAsync(cancellationToken);
            var probe = Path.Combine(storage.Value.Root, $".probe-{Guid.NewGuid():N}");
            await File.WriteAllBytesAsync(probe, [1], cancellationToken);
            File.Delete(probe);
            return HealthCheckResult.Healthy();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return HealthCheckResult.Unhealthy("The storage can't be used.", e);
        }
    }
}

public static class HealthPages
{
    private const string Ready = "ready";

    public static void AddStorageHealth(this IServiceCollection services) =>
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: [Ready]);

    /// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can work, too.</summary>
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false }).AllowAnonymous();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { Predicate = check => check.Tags.Contains(Ready) }).AllowAnonymous();
    }
}
