using Microsoft.AspNetCore.Diagnostics;

namespace LogisticsAdmin.Security;

public static class CircuitAccess
{
    private const string Hub = "/_blazor";

    /// <summary>
    /// Opens the hub of live pages to the office only, and to pages of this site only: the browser sends the sign-in cookie with a WebSocket
    /// whatever page opens it. Who must choose a password first has no live pages.
    /// </summary>
    public static IApplicationBuilder UseCircuitAccess(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.Request.Path.StartsWithSegments(Hub)) return next(context);
        var mayOpen = Actor.From(context.User) is { IsOffice: true } && !context.User.HasClaim(c => c.Type == PersonClaims.MustChangePassword);
        if (mayOpen && IsOfThisSite(context.Request)) return next(context);
        // The hub is asked by scripts, for which the page of a refusal is no answer.
        if (context.Features.Get<IStatusCodePagesFeature>() is { } pages) pages.Enabled = false;
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    // Browsers always send the header with a WebSocket. The scheme is left out, because a proxy may end TLS without saying so.
    private static bool IsOfThisSite(HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin
        || (Uri.TryCreate(origin, UriKind.Absolute, out var from) && IsSame(from, request.Host));

    private static bool IsSame(Uri from, HostString host) =>
        string.Equals(from.Host, host.Host, StringComparison.OrdinalIgnoreCase) && (host.Port is not { } port || port == from.Port);
}
