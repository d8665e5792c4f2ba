using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Places.Parts;
using LogisticsAdmin.Features.Places.Rooms;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Places;

public static class PlacesSetup
{
    public static IServiceCollection AddPlaces(this IServiceCollection services, IHostEnvironment environment)
    {
        // Before the categories, whose default crews it brings.
        if (environment.IsDevelopment()) services.AddScoped<IReferenceRows, DemoCampus>();
        return services
            .AddScoped<IStorageCheck, HousingCheck>()
            .AddScoped<ImportKind, BuildingsImport>()
            .AddScoped<ImportKind, RoomsImport>()
            .AddSingleton<IAuditWords, PlacesAuditWords>()
            .AddScoped<PlacesQueries>()
            .AddBeds()
            .AddRoomPages()
            .AddScoped<PlacesService>()
            .AddScoped<PlacesUndo>()
            .AddSingleton<INavigationItem>(new NavigationItem(
                NavigationGroup.PeopleAndPlaces, 20, "places", LocalName.Of<PlacesText>("Navigation"), "places", Policies.Office))
            .AddScoped<ISearchProvider, PlaceSearch>()
            .AddScoped<ISetupStep, PlacesStep>()
            .AddSingleton<IPortalCard>(new PortalCard(0, typeof(MyRoom)));
    }
}
