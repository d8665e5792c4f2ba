using LogisticsAdmin.Features.Orders.Demo;
using LogisticsAdmin.Features.Orders.Desk;
using LogisticsAdmin.Features.Orders.Figures;
using LogisticsAdmin.Features.Orders.Goods;
using LogisticsAdmin.Features.Orders.Kitchen;
using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Features.Orders.Phone;
using LogisticsAdmin.Features.Orders.Shelf;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Orders;

/// <summary>Meals and goods in sub-slices; each registers its own services and descriptors.</summary>
public static class OrdersSetup
{
    public static IServiceCollection AddOrders(this IServiceCollection services, IHostEnvironment environment) => services
        .AddSingleton<IAuditWords, OrdersAuditWords>()
        // Before the jobs: the demo's orders are there when these start.
        .AddDemoOrders(environment)
        .AddShelf()
        .AddOrdering()
        .AddKitchen()
        .AddGoods()
        .AddOrderDesk()
        .AddMyOrders()
        .AddOrderFigures();

    public static void MapOrders(this IEndpointRouteBuilder app)
    {
        app.MapShelf();
        app.MapOrderDesk();
    }
}
