using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Costs;

internal static class CostsSetup
{
    public static IServiceCollection AddCosts(this IServiceCollection services)
    {
        services.AddScoped<RepairCosts>();
        services.AddScoped<PartsService>();
        services.AddScoped<IReferenceRows, CostsReference>();
        services.AddSingleton<IAuditWords>(new AuditWords<CostsText>(typeof(Part)));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Repairs, 40, "/parts", LocalName.Of<CostsText>("Navigation"), "parts", Policies.Office));
    }
}
