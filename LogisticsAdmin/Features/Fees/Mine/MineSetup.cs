using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Mine;

internal static class MineSetup
{
    public static IServiceCollection AddMyFees(this IServiceCollection services)
    {
        services.AddMemoryCache().AddSingleton<BuildingMedians>().AddScoped<MyFeesQueries>();
        services.AddSingleton<IPortalShortcut>(new PortalShortcut(20, "my/fees", LocalName.Of<MyFeesText>("PortalTab"), "accounts"));
        return services.AddSingleton<IPortalTab>(
            new PortalTab("my/fees", LocalName.Of<MyFeesText>("PortalTab"), "accounts", actor => actor.Is(Role.Resident) ? 33 : null));
    }
}
