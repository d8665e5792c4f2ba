namespace LogisticsAdmin.Features.Onboarding.Leaving;

internal static class LeavingSetup
{
    public static IServiceCollection AddLeaving(this IServiceCollection services) => services;

    public static void MapLeaving(this IEndpointRouteBuilder app) => app.MapGroup("");
}
