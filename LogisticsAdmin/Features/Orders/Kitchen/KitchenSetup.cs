using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Orders.Kitchen;

internal static class KitchenSetup
{
    public static IServiceCollection AddKitchen(this IServiceCollection services) => services
        .AddSingleton<KitchenBoard>().AddScoped<KitchenQueries>()
        .AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Orders, 20, "orders/kitchen", LocalName.Of<OrdersText>("Kitchen.Title"), "board", Policies.Office));
}
