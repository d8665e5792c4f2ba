using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Places;

public static class PlacesSetup
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services
        .AddScoped<IReferenceRows, PlacesReference>()
        .AddScoped<IStorageCheck, HousingCheck>()
        .AddScoped<ImportKind, RoomsImport>()
        .AddSingleton<IAuditWords, PlacesAuditWords>()
        .AddScoped<PlacesQueries>()
        .AddSingleton<IPortalCard>(new PortalCard(0, typeof(MyRoom)));
}
