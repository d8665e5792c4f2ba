using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Places;

public static class PlacesSetup
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services
        .AddScoped<IReferenceRows, PlacesReference>()
        .AddScoped<IStorageCheck, HousingCheck>()
        .AddScoped<ImportKind, RoomsSheet>()
        .AddSingleton<IAuditWords, PlacesAuditWords>();
}
