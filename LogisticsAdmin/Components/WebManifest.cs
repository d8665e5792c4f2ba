using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Components;

/// <summary>What a phone needs to keep the pages for people as an app of its own: name, start and icons, by the office's name and under its path.</summary>
internal static class WebManifest
{
    public const string Address = "manifest.webmanifest";

    public static void Map(IEndpointRouteBuilder app) => app.MapGet($"/{Address}", ReadAsync).AllowAnonymous();

    private static async Task<IResult> ReadAsync(IOfficeCard card, IStringLocalizer<ShellText> words, HttpContext context)
    {
        var name = (await card.CurrentAsync()).Name?.ToString() ?? words["Product"];
        context.Response.Headers.CacheControl = "no-cache";
        // Addresses are relative to this one, so that a path prefix needs no word here.
        return Results.Json(
            new
            {
                id = "my",
                name,
                short_name = name,
                lang = Languages.Known(System.Globalization.CultureInfo.CurrentUICulture.Name),
                start_url = "my",
                scope = "./",
                display = "standalone",
                background_color = "#f3f4f6",
                theme_color = "#0b6e63",
                icons = new[]
                {
                    new { src = "icon-192.png", sizes = "192x192", type = "image/png", purpose = "any" },
                    new { src = "icon-512.png", sizes = "512x512", type = "image/png", purpose = "any" },
                    new { src = "icon-512.png", sizes = "512x512", type = "image/png", purpose = "maskable" },
                },
            },
            contentType: "application/manifest+json");
    }
}
