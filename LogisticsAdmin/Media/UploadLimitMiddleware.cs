using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>
/// Redirects a request that is longer than its endpoint's <see cref="UploadLimitAttribute"/> back to the page of its form. A browser reads
/// the answer only after it has sent everything, so the body is read and discarded first, within reason.
/// </summary>
internal sealed class UploadLimitMiddleware(RequestDelegate next)
{
    /// <summary>Query string that makes the form's page show the message.</summary>
    private const string Query = "problem=TooLarge";

    private const long MaxDiscardedBytes = 300L * 1024 * 1024;
    private static readonly TimeSpan MaxDiscardTime = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UploadLimitAttribute>() is not { } limit || !await IsTooLongAsync(context, limit.MaxBytes))
        {
            await next(context);
            return;
        }
        if (context.Request.ContentLength > MaxDiscardedBytes || !await DiscardAsync(context)) context.Response.Headers.Connection = "close";

        context.Response.StatusCode = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? StatusCodes.Status303SeeOther
            : StatusCodes.Status413PayloadTooLarge;
        context.Response.Headers[HeaderNames.Location] = $"{context.Request.PathBase}{context.Request.Path}?{Query}";
    }

    private static async Task<bool> IsTooLongAsync(HttpContext context, long maxBytes)
    {
        var request = context.Request;
        if (request.ContentLength is { } length) return length > maxBytes;
        if (!request.HasFormContentType) return false;
        // A chunked request does not say its length: it is buffered while it is counted, so that a form within the limit can be read again.
        LiftServerLimit(context);
        var sent = request.Body;
        request.EnableBuffering();
        var isTooLong = !await EndsWithinAsync(request.Body, maxBytes, context.RequestAborted);
        if (isTooLong) request.Body = sent;
        else request.Body.Position = 0;
        return isTooLong;
    }

    /// <summary>Whether the end was reached; if not, there is no point in keeping the connection.</summary>
    private static async Task<bool> DiscardAsync(HttpContext context)
    {
        LiftServerLimit(context);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        timeout.CancelAfter(MaxDiscardTime);
        try
        {
            return await EndsWithinAsync(context.Request.Body, MaxDiscardedBytes, timeout.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static void LiftServerLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    private static async Task<bool> EndsWithinAsync(Stream body, long maxBytes, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, ct) is var read and > 0)
            if ((maxBytes -= read) < 0) return false;
        return true;
    }
}
