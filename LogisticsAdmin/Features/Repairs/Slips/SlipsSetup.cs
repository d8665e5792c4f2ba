using LogisticsAdmin.Documents;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Slips;

internal static class SlipsSetup
{
    public static IServiceCollection AddSlips(this IServiceCollection services) => services.AddScoped<SlipQueries>().AddScoped<SlipDocument>();

    /// <summary>The slips of the page to print as a file, by the same query string.</summary>
    public static void MapSlips(this IEndpointRouteBuilder app) =>
        app.MapGet("/repairs/slips.pdf", (SlipDocument slips, IDocumentEngine engine, IStringLocalizer<SlipsText> words, HttpContext context) =>
            PdfAnswer.WriteAsync(
                context, words["SlipTitle"], engine, () => slips.ReadAsync([.. context.Request.Query["n"].OfType<string>()], context.RequestAborted)))
            .RequireAuthorization().DisableCookieRedirect();
}
