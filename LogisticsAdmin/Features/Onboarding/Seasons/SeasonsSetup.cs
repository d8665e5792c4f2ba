namespace LogisticsAdmin.Features.Onboarding.Seasons;

internal static class SeasonsSetup
{
    public static IServiceCollection AddSeasons(this IServiceCollection services) => services;

    public static void MapSeasons(this IEndpointRouteBuilder app) => app.MapGroup("");
}
