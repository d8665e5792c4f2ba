using LogisticsAdmin.Features.Repairs.Tickets;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>Marks a page or endpoint that takes a ticket's photos: its requests may be as long as six of them and some words.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PhotoUploadAttribute : Attribute, IRequestSizeLimitMetadata
{
    public const long MaxBytes = (CampusRules.PhotosPerTicket * (long)PictureProcessor.MaxBytes) + (1024 * 1024);

    public long? MaxRequestBodySize => MaxBytes;
}

/// <summary>
/// Answers a request that is too long with a way back to its form. A browser reads an answer only after it has sent all, so what comes is
/// thrown away first, as far as that is bearable.
/// </summary>
internal sealed class PhotoUploadLimit(RequestDelegate next)
{
    /// <summary>Query of the form's page that shows the message.</summary>
    public const string Query = "problem=TooLarge";

    private const long MostDrained = 4 * PhotoUploadAttribute.MaxBytes;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<PhotoUploadAttribute>() is null || !await IsTooLongAsync(context))
        {
            await next(context);
            return;
        }
        if (context.Request.ContentLength > MostDrained || !await DrainAsync(context)) context.Response.Headers.Connection = "close";

        context.Response.StatusCode = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? StatusCodes.Status303SeeOther
            : StatusCodes.Status413PayloadTooLarge;
        context.Response.Headers[HeaderNames.Location] = $"{context.Request.PathBase}{context.Request.Path}?{Query}";
    }

    private static async Task<bool> IsTooLongAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength is { } length) return length > PhotoUploadAttribute.MaxBytes;
        if (!request.HasFormContentType) return false;
        // Sent in pieces: how long it is shows only by reading it, and what is not too long is read again from the buffer.
        LiftLimit(context);
        var sent = request.Body;
        request.EnableBuffering();
        var isTooLong = !await EndsWithinAsync(request.Body, PhotoUploadAttribute.MaxBytes, context.RequestAborted);
        if (isTooLong) request.Body = sent;
        else request.Body.Position = 0;
        return isTooLong;
    }

    /// <summary>Whether the end was reached: whoever hangs up or dawdles gets no answer, and the connection ends.</summary>
    private static async Task<bool> DrainAsync(HttpContext context)
    {
        LiftLimit(context);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            return await EndsWithinAsync(context.Request.Body, MostDrained, patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return false;
        }
    }

    private static void LiftLimit(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
    }

    private static async Task<bool> EndsWithinAsync(Stream body, long most, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (await body.ReadAsync(buffer, ct) is var read and > 0)
            if ((most -= read) < 0) return false;
        return true;
    }
}

public static class PhotoUploads
{
    /// <summary>Before antiforgery, which would read the body.</summary>
    public static IApplicationBuilder UsePhotoUploadLimit(this IApplicationBuilder app) => app.UseMiddleware<PhotoUploadLimit>();
}
