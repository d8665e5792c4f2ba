using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace LogisticsAdmin.Account;

public static class AccountEndpoints
{
    /// <summary>Posts without a page of their own: sign-out, language, theme, passkeys. All require the antiforgery token.</summary>
    public static void MapAccount(this IEndpointRouteBuilder app)
    {
        var account = app.MapGroup("/Account");
        // Binding the form makes a request without the token fail.
        account.MapPost("/Logout", async (HttpContext context, SignInManager<Person> signIn, SessionService sessions, [FromForm] IFormCollection form) =>
        {
            if (Actor.From(context.User) is { PersonId: { } person, SessionId: { } session })
            {
                context.RememberSignOut(person);
                await sessions.EndAsync(session);
            }
            await signIn.SignOutAsync();
            return Results.LocalRedirect("~/Account/Login");
        });
        account.MapPost("/Language", async (ProfileService profile, [FromForm] string? language, [FromForm] string? returnUrl, CancellationToken ct) =>
        {
            await profile.SetLanguageAsync(language ?? "", ct);
            return Results.LocalRedirect(LocalUrl.OrHome(returnUrl, home: "~/"));
        }).AllowAnonymous();
        account.MapPost("/Theme", async (ProfileService profile, [FromForm] string? theme, [FromForm] string? returnUrl, CancellationToken ct) =>
        {
            await profile.SetThemeAsync(theme ?? "", ct);
            return Results.LocalRedirect(LocalUrl.OrHome(returnUrl, home: "~/"));
        }).AllowAnonymous();
        account.MapPost("/Passkey/New", async (PasskeyService passkeys, RefusalText refusals, [FromForm] IFormCollection form, CancellationToken ct) =>
        {
            try
            {
                return Results.Text(await passkeys.BeginAddingAsync(ct), "application/json");
            }
            catch (Refusal refusal)
            {
                return Results.Text(refusals.Of(refusal), "text/plain", statusCode: StatusCodes.Status409Conflict);
            }
        });
        account.MapPost("/Passkey/Ask", async (SignInService signIn, [FromForm] IFormCollection form) =>
            await signIn.BeginPasskeySignInAsync() is { } options
                ? Results.Text(options, "application/json")
                : Results.StatusCode(StatusCodes.Status429TooManyRequests)).AllowAnonymous();
        // The URL of a picture contains its date, so a new picture has a new URL and browsers can cache it.
        app.MapGet("/people/{id:long}/picture", (long id, HttpContext context, ProfileService profiles, CancellationToken ct) =>
            context.PictureAsync($"{id}.jpg", TimeSpan.FromDays(7), async () => new MemoryStream(await profiles.PictureAsync(id, ct)))).RequireAuthorization();
        app.MapGet("/", (HttpContext context, StartAddress start) => Results.LocalRedirect($"~/{start.Of(Actor.From(context.User)!)}"));
    }
}
