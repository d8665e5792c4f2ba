using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Diagnostics;

namespace LogisticsAdmin.Components;

/// <summary>
/// Logs a request that failed under a number, which the error page shows. The page itself is rendered by the pipeline for errors.
/// </summary>
internal sealed class FailedRequests(ILogger<FailedRequests> log) : IExceptionHandler
{
    /// <summary>The number under which this request's failure was logged; null when it did not fail.</summary>
    public static string? ReferenceOf(HttpContext context) => context.Items[typeof(FailedRequests)] as string;

    public ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // Whoever left before the answer, or a server that stops, has broken off the request: nothing failed.
        var isBrokenOff = exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested;
        if (!isBrokenOff && exception is not (Refusal or BadHttpRequestException))
        {
            var reference = ErrorReference.New();
            httpContext.Items[typeof(FailedRequests)] = reference;
            log.PageFailed(exception, reference);
        }
        return ValueTask.FromResult(false);
    }
}
