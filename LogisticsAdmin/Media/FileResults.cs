using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Media;

/// <summary>Answers with an uploaded file.</summary>
public static class FileResults
{
    /// <summary>
    /// Sends the file to be saved, never to be shown: whatever it contains, no browser runs it here. When opening is refused, the answer is 404,
    /// as for a missing file.
    /// </summary>
    public static async Task<IResult> DownloadAsync(this HttpContext context, Func<Task<(Stream File, string Name)>> openAsync)
    {
        Stream file;
        string name;
        try
        {
            (file, name) = await openAsync();
        }
        catch (Refusal)
        {
            return Results.NotFound();
        }
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        // The first name is for clients that don't know the second (RFC 6266).
        headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"file{AsciiEnding(name)}",
            FileNameStar = name,
        }.ToString();
        // A withdrawn file must be gone with the next click.
        headers.CacheControl = "private, no-cache";
        return Results.Stream(file, "application/octet-stream");
    }

    private static string AsciiEnding(string name) =>
        Path.GetExtension(name) is { Length: > 1 and <= 6 } ending && ending[1..].All(char.IsAsciiLetterOrDigit) ? ending : "";
}
