using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Repairs.Crews;

internal static class CrewsSetup
{
    public static IServiceCollection AddCrews(this IServiceCollection services)
    {
        services.AddScoped<DutyService>();
        services.AddScoped<RankingQueries>();
        services.AddSingleton<IAuditWords>(new AuditWords<CrewsText>(typeof(Absence)));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Repairs, 30, "/repairs/duty", LocalName.Of<CrewsText>("Navigation"), "duty", Policies.Office));
    }
}
