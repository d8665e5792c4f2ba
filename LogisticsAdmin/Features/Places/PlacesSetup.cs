using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Places;

public static class PlacesSetup
{
    public static IServiceCollection AddPlaces(this IServiceCollection services) => services
        .AddScoped<IReferenceRows, PlacesReference>()
        .AddScoped<IStorageCheck, HousingCheck>();
}
