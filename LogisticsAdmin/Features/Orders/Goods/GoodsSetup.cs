using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Goods;

internal static class GoodsSetup
{
    public static IServiceCollection AddGoods(this IServiceCollection services) => services
        .AddScoped<RoundService>()
        .AddSingleton<IPortalTab>(new PortalTab(
            "jobs/deliveries", LocalName.Of<OrdersText>("Round.Tab"), "parts", actor => actor.Is(Role.Technician) ? 17 : null));
}
