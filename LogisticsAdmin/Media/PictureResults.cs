using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>Answers with an uploaded picture.</summary>
public static class PictureResults
{
    /// <summary>
    /// The JPEG with headers that keep a browser from taking it for anything else. A refusal to open it is answered as if there were none.
    /// </summary>
    /// <param name="context">The request.</param>
    /// <param name="fileName">The name it is saved under.</param>
    /// <param name="maxAge">How long a browser keeps it without asking again.</param>
    /// <param name="openAsync">Opens the JPEG or refuses.</param>
    /// <param name="tag">Identifies these very bytes, if they can be asked for again after that time.</param>
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
