using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Inbox;

public static class InboxEndpoints
{
    private const string Messages = "/my/messages";

    /// <summary>Where a message is opened: marks it as read and leads on to its subject, or back to all messages when that can't be opened.</summary>
    public static string AddressOf(InboxLine line) => FormattableString.Invariant($"{Messages}/{line.Id}");

    public static void MapInbox(this IEndpointRouteBuilder app) =>
        app.MapGet($"{Messages}/{{id:long}}", OpenAsync).RequireAuthorization();

    private static async Task<IResult> OpenAsync(long id, InboxService inbox, CancellationToken ct)
    {
        try
        {
            return Results.LocalRedirect(await inbox.OpenAsync(id, ct) ?? Messages);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }
}
