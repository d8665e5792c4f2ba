using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Photos;
using LogisticsAdmin.Live;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairsSetup
{
    public static IServiceCollection AddRepairs(this IServiceCollection services)
    {
        services.AddScoped<RepairService>();
        services.AddScoped<RepairIntake>();
        services.AddScoped<RepairQueries>();
        services.AddScoped<RepairClock>();
        services.AddScoped<RepairPhotos>();
        services.AddScoped<PhoneWords>();
        services.AddSingleton<PhotoStudio>();
        services.AddSingleton(sp => new PhotoStore(sp.GetRequiredService<IOptions<StorageOptions>>().Value.Root));
        services.AddSingleton<IRowSource, RepairRowSource>();
        services.AddScoped<IReferenceRows, RepairsReference>();
        services.AddHostedService<RepairTick>();
        services.AddHostedService<PhotoSweep>();
        return services;
    }
}
