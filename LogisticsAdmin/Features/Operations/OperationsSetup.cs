using LogisticsAdmin.Features.Operations.PersonData;
using LogisticsAdmin.Features.Operations.Retention;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations;

public static class OperationsSetup
{
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddScoped<OperationsService>();
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Settings, 90, "settings/operations", LocalName.Of<OperationsText>("Navigation"), "operations", Policies.Administrators));
        services.AddSingleton<ISettingsSection>(new SettingsSection(90, "settings/operations", LocalName.Of<OperationsText>("Navigation"),
            LocalName.Of<OperationsText>("Section.About"), "operations", Policies.Administrators));
        return services.AddRetention().AddPersonData();
    }
}
