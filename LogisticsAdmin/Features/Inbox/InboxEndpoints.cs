using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Inbox;

public static class InboxEndpoints
{
    private const string Messages = "/my/messages";

    /// <summary>
    /// Opens a message: marks it as read and redirects to its subject, or to the list of messages when the subject can't be opened.
    /// </summary>
    public static string AddressOf(InboxLine line) => FormattableString.Invariant($"{Messages}/{line.Id}");

    public static void MapInbox(this IEndpointRouteBuilder app) =>
        app.MapGet($"{Messages}/{{id:long}}", OpenAsync).RequireAuthorization();

    private static async Task<IResult> OpenAsync(long id, HttpRequest request, InboxService inbox, CancellationToken ct)
    {
        try
        {
            return Results.LocalRedirect(await inbox.OpenAsync(id, IsOpenedByTheReader(request), ct) ?? Messages);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    /// <summary>Prefetching and links on other sites must not mark messages as read. Old browsers send neither header.</summary>
    private static bool IsOpenedByTheReader(HttpRequest request) =>
        !request.Headers.ContainsKey("Sec-Purpose") && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}
