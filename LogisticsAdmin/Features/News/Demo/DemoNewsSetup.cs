namespace LogisticsAdmin.Features.News.Demo;

internal static class DemoNewsSetup
{
    public static IServiceCollection AddDemoNews(this IServiceCollection services) =>
        services.AddScoped<DemoNews>().AddHostedService<DemoNewsStart>();
}
