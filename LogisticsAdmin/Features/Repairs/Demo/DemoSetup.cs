using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Demo;

internal static class DemoSetup
{
    public static IServiceCollection AddDemo(this IServiceCollection services)
    {
        services.AddScoped<DemoTickets>();
        services.AddScoped<IConsoleCommand, DemoCommand>();
        return services.AddHostedService<DemoStart>();
    }
}
