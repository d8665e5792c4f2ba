using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Orders.Ordering;

internal static class OrderingSetup
{
    public static IServiceCollection AddOrdering(this IServiceCollection services)
    {
        services.AddScoped<OrderNotices>().AddScoped<OrderingService>().AddScoped<OrderWork>().AddScoped<OrderRunner>();
        services.AddScoped<IAskedPayments, OrderPayments>();
        services.AddScoped<IStorageCheck, OrdersCheck>().AddScoped<ICheckOutStep, OpenOrdersStep>();
        foreach (var kind in OrderNotificationKind.All) services.AddSingleton<INotificationKind>(new OrderNotificationKind(kind));
        return services.AddHostedService<OrderJob>();
    }
}
