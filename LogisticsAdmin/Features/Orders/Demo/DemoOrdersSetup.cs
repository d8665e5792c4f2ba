using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Orders.Demo;

internal static class DemoOrdersSetup
{
    public static IServiceCollection AddDemoOrders(this IServiceCollection services, IHostEnvironment environment)
    {
        if (environment.IsDevelopment()) services.AddScoped<IReferenceRows, DemoShelf>();
        return services.AddScoped<DemoOrders>().AddHostedService<DemoOrdersStart>();
    }
}
