using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services, IWebHostEnvironment environment)
    {
        services.AddScoped<PeopleService>();
        if (environment.IsDevelopment()) services.AddScoped<IReferenceRows, DemoPeople>();
        return services;
    }
}
