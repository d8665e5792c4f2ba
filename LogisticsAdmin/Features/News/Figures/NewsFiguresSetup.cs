using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News.Figures;

internal static class NewsFiguresSetup
{
    public static IServiceCollection AddNewsFigures(this IServiceCollection services) => services.AddScoped<IReportSection, NewsReportSection>();
}
