using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.Repairs.Photos;

/// <summary>Marks a page or endpoint that takes a ticket's photos: its requests may be as long as six of them and some words.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PhotoUploadAttribute : Attribute, IRequestSizeLimitMetadata
{
    public const long MaxBytes = (CampusRules.PhotosPerTicket * (long)PhotoStudio.MaxBytes) + (1024 * 1024);

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
        if (context.GetEndpoint()?.Metadata.GetMetadata<PhotoUploadAttribute>() is null || context.Request.ContentLength is not > PhotoUploadAttribute.MaxBytes)
        {
            await next(context);
            return;
        }
        if (context.Request.ContentLength <= MostDrained) await DrainAsync(context);
        else context.Response.Headers.Connection = "close";

        context.Response.StatusCode = context.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase)
            ? StatusCodes.Status303SeeOther
            : StatusCodes.Status413PayloadTooLarge;
        context.Response.Headers[HeaderNames.Location] = $"{context.Request.PathBase}{context.Request.Path}?{Query}";
    }

    private static async Task DrainAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        patience.CancelAfter(Patience);
        try
        {
            await context.Request.Body.CopyToAsync(Stream.Null, patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            // Whoever hung up or dawdled gets no answer, and the connection ends.
        }
    }
}

public static class PhotoUploads
{
    /// <summary>Before antiforgery, which would read the body.</summary>
    public static IApplicationBuilder UsePhotoUploadLimit(this IApplicationBuilder app) => app.UseMiddleware<PhotoUploadLimit>();
}
