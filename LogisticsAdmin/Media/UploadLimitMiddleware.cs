using System.Globalization;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>
/// Lets a form with files in once its sender has a place in the <see cref="UploadPlaces"/>, before anything of it is read. A form that is
/// refused, or longer than its endpoint's <see cref="UploadLimitAttribute"/>, leads back to its page. A browser reads the answer only after it
/// has sent everything, so the body is read and discarded first, within reason.
/// </summary>
internal sealed class UploadLimitMiddleware(RequestDelegate next, UploadPlaces places)
{
    private const long MaxDiscardedBytes = 300L * 1024 * 1024;
    private static readonly TimeSpan MaxDiscardTime = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<UploadLimitAttribute>() is not { } limit)
        {
            await next(context);
            return;
        }
        IDisposable? place = null;
        if (HasFiles(context.Request) && Actor.From(context.User) is { } sender)
        {
            (place, var retryAfter) = await places.EnterAsync(sender, context.RequestAborted);
            if (place is null)
            {
                context.Response.Headers.RetryAfter = ((long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
                await RefuseAsync(context, StatusCodes.Status429TooManyRequests, UploadProblem.TooMany);
                return;
            }
        }
        using (place)
        {
            if (await IsTooLongAsync(context, limit.MaxBytes)) await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, UploadProblem.TooLarge);
            else await next(context);
        }
    }

    private static bool HasFiles(HttpRequest request) =>
        request.ContentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>Back to the page of the form, which shows the message; a script gets the message itself.</summary>
    private static async Task RefuseAsync(HttpContext context, int status, UploadProblem problem)
    {
        if (context.Request.ContentLength > MaxDiscardedBytes || !await DiscardAsync(context)) context.Response.Headers.Connection = "close";

        if (context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
        {
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            context.Response.Headers[HeaderNames.Location] =
                $"{context.Request.PathBase}{context.Request.Path}{context.Request.QueryString.Add("problem", problem.ToString())}";
            return;
        }
        context.Response.StatusCode = status;
        var words = context.RequestServices.GetRequiredService<RefusalText>();
        await context.Response.WriteAsJsonAsync(new { problem = words.Of(problem.At("")) }, context.RequestAborted);
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
