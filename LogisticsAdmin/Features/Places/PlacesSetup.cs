using LogisticsAdmin.Data;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Places;

public static class PlacesSetup
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services
        .AddScoped<IReferenceRows, PlacesReference>()
        .AddScoped<IStorageCheck, HousingCheck>()
        .AddScoped<ImportKind, RoomsSheet>();
}
