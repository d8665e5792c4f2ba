using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LogisticsAdmin.Security;

/// <summary>Security headers of every response.</summary>
public static class SecurityHeaders
{
    public const string Strict = "default-src 'self'; script-src 'self'; style-src 'self'; " + Rest;

    /// <summary>MudBlazor writes style attributes and a style sheet of its own.</summary>
    public const string Office = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; " + Rest;

    private const string Rest =
        "img-src 'self' data: blob:; connect-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    /// <summary>
    /// Written when the response starts, so that error pages and re-executed requests carry them too. An endpoint's own policy is kept. In
    /// Production, HSTS is sent over HTTPS.
    /// </summary>
    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app)
    {
        if (app.ApplicationServices.GetRequiredService<IHostEnvironment>().IsProduction()) app.UseHsts();
        return app.Use(WriteAsync);
    }

    private static async Task WriteAsync(HttpContext context, RequestDelegate next)
    {
        // The error page starts with cleared headers, so the header of UseHsts is written again.
        var hsts = context.Response.Headers.StrictTransportSecurity;
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            if (headers.ContentSecurityPolicy.Count == 0) headers.ContentSecurityPolicy = IsInteractive(context.GetEndpoint()) ? Office : Strict;
            headers.StrictTransportSecurity = hsts;
            headers.XContentTypeOptions = "nosniff";
            headers["Referrer-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
            return Task.CompletedTask;
        });
        try
        {
            await next(context);
        }
        catch (Exception) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            // The page of the error failed, too, and both are in the log by now. The server's own answer would have no headers.
            context.Response.Clear();
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        }
    }

    private static bool IsInteractive(Endpoint? endpoint) =>
        endpoint?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null
        && endpoint.Metadata.GetMetadata<ExcludeFromInteractiveRoutingAttribute>() is null;
}
