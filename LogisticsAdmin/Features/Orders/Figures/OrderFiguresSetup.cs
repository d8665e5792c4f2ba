using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Orders.Figures;

internal static class OrderFiguresSetup
{
    public static IServiceCollection AddOrderFigures(this IServiceCollection services) => services.AddScoped<IReportSection, OrdersReportSection>();
}
