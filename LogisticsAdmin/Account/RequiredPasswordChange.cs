using LogisticsAdmin.Security;
using Microsoft.AspNetCore.Authorization;

namespace LogisticsAdmin.Account;

public static class RequiredPasswordChange
{
    private const string Page = "Account/ChangePassword";

    /// <summary>Redirects people who signed in with a code or a given password to the page where they choose their own.</summary>
    public static IApplicationBuilder UseRequiredPasswordChange(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (!context.User.HasClaim(c => c.Type == PersonClaims.MustChangePassword) || IsOpen(context)) return next(context);
        var request = context.Request;
        var back = HttpMethods.IsGet(request.Method) ? $"?returnUrl={Uri.EscapeDataString(request.PathBase + request.Path + request.QueryString)}" : "";
        context.Response.Redirect($"{request.PathBase}/{Page}{back}");
        return Task.CompletedTask;
    });

    // Whatever needs no sign-in (assets, health, error pages) stays reachable.
    private static bool IsOpen(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/Account", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/_blazor") || context.Request.Path.StartsWithSegments("/_framework")
        || context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
