using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;

namespace LogisticsAdmin.Account;

public static class AccountEndpoints
{
    /// <summary>What is a plain post and nothing to look at: signing out and the language switch.</summary>
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/Account");
        account.MapPost("/Logout", async (SignInManager<Person> signIn) =>
        {
            await signIn.SignOutAsync();
            return Results.LocalRedirect("/Account/Login");
        });
        account.MapPost("/Language", (HttpContext context, [FromForm] string language, [FromForm] string? returnUrl) =>
        {
            SetCulture(context, Languages.Known(language));
            return Results.LocalRedirect(returnUrl is ['/', not '/' and not '\\', ..] or "/" ? returnUrl : "/");
        }).AllowAnonymous();
        app.MapGet("/", (HttpContext context) => Results.LocalRedirect(HomeOf(Actor.From(context.User)!)));
    }

    public static void SetCulture(HttpContext context, string language) =>
        context.Response.Cookies.Append(CookieRequestCultureProvider.DefaultCookieName,
            CookieRequestCultureProvider.MakeCookieValue(new RequestCulture(language)),
            new CookieOptions { MaxAge = TimeSpan.FromDays(365), IsEssential = true, SameSite = SameSiteMode.Lax });

    /// <summary>Where each role starts its day.</summary>
    private static string HomeOf(Actor actor) =>
        actor.IsOffice ? "/repairs" : actor.Is(Role.Technician) ? "/jobs" : "/my";
}
