namespace LogisticsAdmin.Features.Places.Rooms;

internal static class RoomsSetup
{
    public static IServiceCollection AddRoomPages(this IServiceCollection services) => services.AddScoped<RoomPages>().AddScoped<DoorSigns>();

    /// <summary>
    /// The short address in the code of a door sign. It stays valid for as long as the sign hangs there, whatever the pages are called.
    /// </summary>
    public static void MapRoomPages(this IEndpointRouteBuilder app) =>
        app.MapGet("/r/{id:long}", async (long id, RoomPages rooms, CancellationToken ct) =>
            await rooms.AddressAfterScanAsync(id, ct) is { } address ? Results.LocalRedirect($"~/{address}") : Results.NotFound());
}
