using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations.Retention;

public static class RetentionSetup
{
    public static IServiceCollection AddRetention(this IServiceCollection services)
    {
        services.AddSingleton<RetentionRunner>();
        services.AddScoped<RetentionService>();
        services.AddHostedService<RetentionJob>();
        services.AddSingleton<IAuditWords, RetentionAuditWords>();
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Settings, 95, "settings/retention", LocalName.Of<RetentionText>("Navigation"), "retention", Policies.Administrators));
        services.AddSingleton<ISettingsSection>(new SettingsSection(95, "settings/retention", LocalName.Of<RetentionText>("Navigation"),
            LocalName.Of<RetentionText>("Section.About"), "retention", Policies.Administrators));
        return services;
    }
}
