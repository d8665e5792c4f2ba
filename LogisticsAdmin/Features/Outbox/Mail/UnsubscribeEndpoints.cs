using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Outbox.Mail;

internal static class UnsubscribeEndpoints
{
    /// <summary>
    /// The post of a mail program (RFC 8058), which has no cookie and no antiforgery token, and of the page's own button. The token alone says
    /// whose mail stops; it can do nothing else.
    /// </summary>
    public static void MapUnsubscribe(this IEndpointRouteBuilder app) =>
        app.MapPost("/mail/unsubscribe/{token}", UnsubscribeAsync).AllowAnonymous().DisableAntiforgery()
            // Before the page at the same address, which would ask for a form.
            .WithOrder(-1);

    private static async Task<IResult> UnsubscribeAsync(string token, HttpRequest request, MailPreferencesService mail, CancellationToken ct)
    {
        try
        {
            await mail.UnsubscribeAsync(token, ct);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
        // Mail programs are not to be redirected; the page's button says that it is one.
        return request.Query.ContainsKey("page") ? Results.LocalRedirect($"~/mail/unsubscribe/{token}") : Results.Ok();
    }
}
