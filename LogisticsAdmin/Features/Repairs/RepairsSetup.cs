using LogisticsAdmin.Data;
using LogisticsAdmin.Live;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairsSetup
{
    public static IServiceCollection AddRepairs(this IServiceCollection services)
    {
        services.AddScoped<RepairService>();
        services.AddScoped<RepairIntake>();
        services.AddScoped<RepairQueries>();
        services.AddScoped<RepairClock>();
        services.AddSingleton<IRowSource, RepairRowSource>();
        services.AddScoped<IReferenceRows, RepairsReference>();
        services.AddScoped<IStorageCheck, PhotosCheck>();
        services.AddScoped<IStorageCheck, NumbersCheck>();
        services.AddHostedService<RepairTick>();
        return services;
    }
}
