using LogisticsAdmin.Features.News.Reading.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.AspNetCore.Mvc;

namespace LogisticsAdmin.Features.News.Reading;

internal static class ReadingSetup
{
    public static IServiceCollection AddReading(this IServiceCollection services)
    {
        services.AddSingleton<NewsBoard>().AddSingleton<ReaderFactsCache>().AddSingleton<NewsTexts>().AddSingleton<ReadingsCache>();
        services.AddSingleton<ReadMarks>().AddHostedService(provider => provider.GetRequiredService<ReadMarks>());
        services.AddScoped<NewsReader>();

        services.AddSingleton<IPageBanner, UrgentBanners>();
        services.AddSingleton<IPortalSignal>(p => Signal(p, isUrgent: true)).AddSingleton<IPortalSignal>(p => Signal(p, isUrgent: false));
        services.AddSingleton<IPortalCard>(new PortalCard(70, typeof(NewNewsCard)));
        services.AddSingleton<IPortalShortcut>(new PortalShortcut(70, "my/news", LocalName.Of<NewsReadingText>("PortalTab"), "news"));
        // Who works in the office has the list there.
        return services.AddSingleton<IPortalTab>(
            new PortalTab("my/news", LocalName.Of<NewsReadingText>("PortalTab"), "news", actor => actor.IsOffice ? null : 35));

        static ReaderSignal Signal(IServiceProvider provider, bool isUrgent) =>
            new(provider.GetRequiredService<NewsBoard>(), provider.GetRequiredService<ReaderFactsCache>(), isUrgent);
    }

    /// <summary>The button of the banner on phone pages, which leads back to where it was pressed.</summary>
    public static void MapReading(this IEndpointRouteBuilder app) =>
        app.MapPost("/my/news/{key}/confirm", ConfirmAsync).RequireAuthorization();

    private static async Task<IResult> ConfirmAsync(string key, NewsReader news, [FromForm] string? returnUrl, CancellationToken ct)
    {
        try
        {
            await news.ConfirmAsync(key, ct);
        }
        catch (Refusal)
        {
            // Withdrawn or confirmed meanwhile: the page it came from no longer shows it.
        }
        return Results.LocalRedirect(LocalUrl.OrHome(returnUrl, home: "~/my/news"));
    }
}
