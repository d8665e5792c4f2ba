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
        return services.AddSingleton<IPortalTab>(
            new PortalTab("my/orders", LocalName.Of<OrdersText>("PortalTab"), "meals", actor => actor.Is(Role.Resident) ? 34 : null));
    }
}
