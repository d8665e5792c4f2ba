using LogisticsAdmin.Features.Orders.Ordering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Desk;

internal static class OrderDeskSetup
{
    public static IServiceCollection AddOrderDesk(this IServiceCollection services)
    {
        services.AddScoped<OrderDeskQueries>().AddScoped<ISearchProvider, OrderSearch>().AddScoped<IPersonSection, OrdersOfPerson>();
        var title = LocalName.Of<OrdersText>("Orders.Title");
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Orders, 10, "orders", title, "list", Policies.Office) { IsCurrent = path => path == "orders" });
    }

    /// <summary>The orders as a file, filtered by the same query string as their page.</summary>
    public static void MapOrderDesk(this IEndpointRouteBuilder app) => app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("orders").MapGet("",
        (string? q, string? state, string? shelf, string? day, OrderDeskQueries orders, IStringLocalizer<OrdersText> words) => new ExportFile<OrderRow>(
            words["Orders.Title"], OrderExport.Columns(words), ct => orders.AllAsync(OrderFilter.Parse(q, state, shelf, day), ct)));
}
