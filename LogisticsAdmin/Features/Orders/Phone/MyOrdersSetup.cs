using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Phone;

internal static class MyOrdersSetup
{
    public static IServiceCollection AddMyOrders(this IServiceCollection services)
    {
        services.AddMemoryCache().AddSingleton<ItemStars>().AddScoped<MyOrdersQueries>().AddScoped<IComplaintSubject, OrderComplaints>();
        services.AddSingleton<IGoodsLink, GoodsLink>();
        services.AddSingleton<IPortalCard>(new PortalCard(15, typeof(OrderCard)) { Only = actor => actor.Is(Role.Resident) });
        services.AddSingleton<IPortalShortcut>(new PortalShortcut(30, "my/orders/menu", LocalName.Of<OrdersText>("PortalTab"), "meals"));
        services.AddSingleton<IPortalShortcut>(new PortalShortcut(40, "my/orders/goods", LocalName.Of<OrdersText>("Shortcut.Goods"), "parts"));
        return services.AddSingleton<IPortalTab>(
            new PortalTab("my/orders", LocalName.Of<OrdersText>("PortalTab"), "meals", actor => actor.Is(Role.Resident) ? 34 : null));
    }
}
