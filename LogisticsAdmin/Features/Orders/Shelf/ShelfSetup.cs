using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Orders.Shelf;

internal static class ShelfSetup
{
    public static IServiceCollection AddShelf(this IServiceCollection services)
    {
        services.AddScoped<CanteenService>().AddScoped<CanteensUndo>().AddScoped<ItemService>().AddScoped<ItemsUndo>().AddScoped<StockService>();
        services.AddScoped<WasteService>().AddScoped<WasteUndo>();
        services.AddScoped<ItemPictures>().AddScoped<IMediaOwner>(all => all.GetRequiredService<ItemPictures>());
        services.AddScoped<ImportKind, DishesImport>().AddScoped<ImportKind, GoodsImport>();
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Orders, 30, "orders/dishes", LocalName.Of<OrdersText>("Dishes.Title"), "meals", Policies.Office));
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Orders, 40, "orders/goods", LocalName.Of<OrdersText>("Goods.Title"), "parts", Policies.Office));
        return services.AddSingleton<ISettingsSection>(new SettingsSection(
            80, "orders/canteens", LocalName.Of<OrdersText>("Canteens.Title"), LocalName.Of<OrdersText>("Canteens.About"), "places", Policies.Office));
    }

    /// <summary>Dishes, goods and movements as files, filtered by the same query string as their pages.</summary>
    public static void MapShelf(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("dishes").MapGet("",
            (string? q, string? state, string? stall, ItemService items, IStringLocalizer<OrdersText> words) => new ExportFile<ItemRow>(
                words["Dishes.Title"], ShelfExport.Dishes(words), ct => items.AllAsync(ItemFilter.Parse(ShelfKind.Meals, q, state, stall), ct)));
        office.MapExport("goods").MapGet("", (string? q, string? state, ItemService items, IStringLocalizer<OrdersText> words) => new ExportFile<ItemRow>(
            words["Goods.Title"], ShelfExport.Goods(words), ct => items.AllAsync(ItemFilter.Parse(ShelfKind.Goods, q, state, null), ct)));
        office.MapExport("stock-movements").MapGet("", (StockService stocks, IStringLocalizer<OrdersText> words) => new ExportFile<MovementRow>(
            words["Movements"], ShelfExport.Movements(words), stocks.AllMovementsAsync));
    }
}
