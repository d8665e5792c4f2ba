namespace LogisticsAdmin.Features.Onboarding.Desk;

internal static class EntryDeskSetup
{
    public static IServiceCollection AddEntryDesk(this IServiceCollection services) => services;

    public static void MapEntryDesk(this IEndpointRouteBuilder app) => app.MapGroup("");
}
