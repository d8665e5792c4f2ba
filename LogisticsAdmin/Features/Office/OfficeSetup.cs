using LogisticsAdmin.Features.Office.Parts;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Office;

public static class OfficeSetup
{
    public static IServiceCollection AddOffice(this IServiceCollection services) => services
        .AddScoped<OfficeService>()
        .AddScoped<FirstSteps>()
        .AddSingleton<OfficeCardCache>()
        .AddSingleton<IOfficeCard>(all => all.GetRequiredService<OfficeCardCache>())
        .AddScoped<ISetupStep, OfficeStep>()
        .AddSingleton<IAuditWords>(new AuditWords<OfficeText>(typeof(OfficeProfile)))
        .AddSingleton<ISettingsSection>(new SettingsSection(
            10, "settings/office", LocalName.Of<OfficeText>("Section.Title"), LocalName.Of<OfficeText>("Section.About"), "home", Policies.Office))
        .AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Settings, 1, "settings", LocalName.Of<OfficeText>("Navigation"), "settings", Policies.Office))
        .AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Settings, 2, "first-steps", LocalName.Of<OfficeText>("NavigationFirstSteps"), "steps", Policies.Administrators))
        .AddSingleton<IPortalCard>(new PortalCard(90, typeof(OfficeContact)));
}
