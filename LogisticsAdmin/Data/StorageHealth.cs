using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LogisticsAdmin.Data;

/// <summary>Ready when the latest probe found nothing wrong. Asking does not start one.</summary>
internal sealed class StorageHealth(StorageState state) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(state.IsReady ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy($"The storage can't be used: {state.Fault}"));
}
