using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services, IWebHostEnvironment environment)
    {
        if (environment.IsDevelopment())
        {
            services.AddScoped<IReferenceRows, DemoPeople>();
            services.AddHostedService<DemoWelcome>();
        }
        return services;
    }
}
