using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Mine;

internal static class MineSetup
{
    public static IServiceCollection AddMyFees(this IServiceCollection services)
    {
        services.AddMemoryCache().AddSingleton<BuildingMedians>().AddScoped<MyFeesQueries>();
        return services.AddSingleton<IPortalTab>(
            new PortalTab("my/fees", LocalName.Of<MyFeesText>("PortalTab"), "accounts", actor => actor.Is(Role.Resident) ? 33 : null));
    }
}
