using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Dashboard;

internal static class DashboardSetup
{
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddSingleton<BoardThings>();
        services.AddSingleton<DashboardBoard>();
        services.AddSingleton<DashboardHistory>();
        services.AddScoped<DashboardService>();
        services.AddScoped<DashboardSheets>();
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Repairs, 5, "dashboard", LocalName.Of<DashboardText>("Navigation"), "dashboard", Policies.Office)
        {
            HomeOf = Role.Manager,
        });
    }

    public static void MapDashboard(this IEndpointRouteBuilder app) => app.MapGet("/exports/dashboard.xlsx", DashboardExport.Answer)
        .RequireAuthorization(new VisibleToAttribute(Policies.Office)).DisableCookieRedirect();
}
