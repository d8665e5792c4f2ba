namespace LogisticsAdmin.Features.Onboarding.Choosing;

internal static class ChoosingSetup
{
    public static IServiceCollection AddChoosing(this IServiceCollection services) => services;

    public static void MapChoosing(this IEndpointRouteBuilder app) => app.MapGroup("");
}
