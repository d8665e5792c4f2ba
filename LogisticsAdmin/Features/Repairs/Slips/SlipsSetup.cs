namespace LogisticsAdmin.Features.Repairs.Slips;

internal static class SlipsSetup
{
    public static IServiceCollection AddSlips(this IServiceCollection services) => services.AddScoped<SlipQueries>();
}
