using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.News.Outages;

internal static class OutagesSetup
{
    public static IServiceCollection AddOutages(this IServiceCollection services) => services.AddScoped<IPlannedOutages, PlannedOutages>();
}
