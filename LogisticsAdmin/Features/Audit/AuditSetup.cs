using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Audit;

public static class AuditSetup
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddScoped<AuditService>();
        services.AddScoped<AuditDisplay>();
        services.AddSingleton<EntityNames>();
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Data, 20, "audit", LocalName.Of<AuditText>("Navigation"), "audit", Policies.Administrators));
        return services;
    }
}
