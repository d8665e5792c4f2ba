namespace LogisticsAdmin.Features.Onboarding.RoomChanges;

internal static class RoomChangesSetup
{
    public static IServiceCollection AddRoomChanges(this IServiceCollection services) => services;

    public static void MapRoomChanges(this IEndpointRouteBuilder app) => app.MapGroup("");
}
