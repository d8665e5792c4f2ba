using Microsoft.AspNetCore.HttpLogging;

namespace LogisticsAdmin.Monitoring;

/// <summary>
/// One log entry per request: method, route, status and duration. No address, account, query or form, so no personal data. It is turned off
/// by <c>Logging:LogLevel:Microsoft.AspNetCore.HttpLogging</c>.
/// </summary>
internal sealed class RequestLog : IHttpLoggingInterceptor
{
    /// <summary>The route is taken now: a request that fails is later led to the route of the error page.</summary>
    public ValueTask OnRequestAsync(HttpLoggingInterceptorContext logContext)
    {
        if (logContext.LoggingFields != HttpLoggingFields.None)
            logContext.AddParameter("Route", (logContext.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        return ValueTask.CompletedTask;
    }

    public ValueTask OnResponseAsync(HttpLoggingInterceptorContext logContext) => ValueTask.CompletedTask;
}
