using LogisticsAdmin.Data;
using LogisticsAdmin.Features.News.Columns;
using LogisticsAdmin.Features.News.Demo;
using LogisticsAdmin.Features.News.Feeds;
using LogisticsAdmin.Features.News.Figures;
using LogisticsAdmin.Features.News.Outages;
using LogisticsAdmin.Features.News.Proof;
using LogisticsAdmin.Features.News.Publishing;
using LogisticsAdmin.Features.News.Reading;
using LogisticsAdmin.Features.News.Sections;
using LogisticsAdmin.Features.News.Writing;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News;

public static class NewsSetup
{
    public static IServiceCollection AddNews(this IServiceCollection services)
    {
        services.AddScoped<IReferenceRows, NewsReference>();
        services.AddSingleton<IAuditWords, NewsAuditWords>();
        services.AddColumns();
        services.AddOutages();
        services.AddProof();
        services.AddFeeds();
        services.AddNewsFigures();
        services.AddNewsSections();
        services.AddDemoNews();
        return services.AddWriting().AddPublishing().AddReading();
    }

    public static void MapNews(this IEndpointRouteBuilder app)
    {
        app.MapColumns();
        app.MapFeeds();
        app.MapProof();
        app.MapReading();
        app.MapWriting();
    }

    private static IServiceCollection AddPublishing(this IServiceCollection services)
    {
        services.AddSingleton<NewsSignal>().AddScoped<NewsClock>().AddScoped<NewsDelivery>().AddHostedService<NewsJob>();
        foreach (var kind in Enum.GetValues<NewsNotification>()) services.AddSingleton<INotificationKind>(new NewsNotificationKind(kind));
        return services;
    }
}
