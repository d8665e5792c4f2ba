using LogisticsAdmin.Data;
using LogisticsAdmin.Features.People.Import;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using Microsoft.AspNetCore.Identity;

namespace LogisticsAdmin.Features.People;

public static class PeopleSetup
{
    public static IServiceCollection AddPeople(this IServiceCollection services, IWebHostEnvironment environment)
    {
        services.AddScoped<PeopleService>();
        services.AddScoped<PeopleUndo>();
        services.AddScoped<PeopleSettingsService>();
        services.AddScoped<ImportKind, PeopleImport>();
        services.AddScoped<ISetupStep, PeopleStep>();
        services.AddScoped<PeopleBulk>();
        services.AddSingleton<IssuedCodes>();
        services.AddScoped<IssuedCodesDocument>();
        services.AddScoped<IReferenceRows, PeopleNames>();
        services.AddSingleton<IAuditWords>(new AuditWords<PeopleText>(typeof(Person)));
        if (environment.IsDevelopment())
        {
            services.AddScoped<IReferenceRows, DemoPeople>();
            services.AddHostedService<DemoWelcome>();
        }
        else
        {
            services.AddScoped<IReferenceRows, DemoAccounts>();
            // Identity adds its own only where there is none.
            services.AddScoped<IPasswordHasher<Person>, PasswordHasherWithoutDemo>();
        }
        services.AddScoped<ISearchProvider, PeopleSearch>();
        services.AddSingleton<ICommandItem>(new CommandItem(40, "import-people", LocalName.Of<PeopleText>("Command.Import"))
        {
            Address = $"imports/{PeopleImport.KindKey}",
            Only = actor => actor.MayManagePeople(),
        });
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.PeopleAndPlaces, 10, "people", LocalName.Of<PeopleText>("Navigation"), "people", Policies.Administrators));
        return services;
    }
}
