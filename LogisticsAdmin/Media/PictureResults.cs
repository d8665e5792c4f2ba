using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>Answers with an uploaded picture.</summary>
public static class PictureResults
{
    /// <summary>
    /// Sends the JPEG with headers that prevent content sniffing and scripts. When opening is refused, the answer is 404, as for a missing
    /// picture.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">The name it is saved under.</param>
    /// <param name="maxAge">How long a browser keeps it without asking again.</param>
    /// <param name="openAsync">Opens the JPEG or refuses.</param>
    /// <param name="tag">The ETag of these bytes, so that the browser can revalidate them after that time; null for none.</param>
    public static async Task<IResult> PictureAsync(
        this HttpContext context, string fileName, TimeSpan maxAge, Func<Task<Stream>> openAsync, string? tag = null)
    {
        Stream picture;
        try
        {
            picture = await openAsync();
        }
        catch (Refusal)
        {
            return Results.NotFound();
        }
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.ContentDisposition = $"inline; filename=\"{fileName}\"";
        headers.CacheControl = $"private, max-age={(long)maxAge.TotalSeconds}";
        return Results.Stream(picture, "image/jpeg", entityTag: tag is null ? null : new EntityTagHeaderValue($"\"{tag}\""));
    }
}
