using LogisticsAdmin.Live;
using Microsoft.AspNetCore.HttpLogging;
using OpenTelemetry.Metrics;

namespace LogisticsAdmin.Monitoring;

public static class MonitoringSetup
{
    /// <summary>A log entry per request, and metrics of the app, the web server and the runtime in the text format of Prometheus.</summary>
    public static IServiceCollection AddMonitoring(this IServiceCollection services)
    {
        services.AddHttpLogging(log =>
        {
            log.CombineLogs = true;
            log.LoggingFields = HttpLoggingFields.RequestMethod | HttpLoggingFields.ResponseStatusCode | HttpLoggingFields.Duration;
        });
        services.AddHttpLoggingInterceptor<RequestLog>();
        services.AddOptions<MetricsOptions>().BindConfiguration("Metrics").ValidateOnStart().Validate(
            o => o.Token is null or { Length: 0 or >= 16 },
            "Metrics:Token must have at least 16 characters. Choose a longer one. 监控令牌至少 16 个字符，请更正 Metrics:Token。");
        services.AddOpenTelemetry().WithMetrics(metrics => metrics
            .AddMeter(LiveMeter.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime")
            .AddPrometheusExporter());
        return services;
    }

    /// <summary><c>/metrics</c>, for this machine or with the token.</summary>
    public static void MapMetrics(this IEndpointRouteBuilder app) =>
        app.MapPrometheusScrapingEndpoint("/metrics", meterProvider: null, branch => branch.UseMiddleware<MetricsAccess>(), optionsName: null)
            .AllowAnonymous().WithHttpLogging(HttpLoggingFields.None);
}
