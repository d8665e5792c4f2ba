using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.ServiceLevels;

public static class ServiceLevelsSetup
{
    public static IServiceCollection AddServiceLevels(this IServiceCollection services)
    {
        services.AddScoped<ServiceLevelService>();
        services.AddSingleton<ServiceClockCache>();
        services.AddHostedService<RecalculationOnChange>();
        services.AddScoped<IReferenceRows, ServiceLevelsReference>();
        services.AddSingleton<IAuditWords, ServiceLevelAuditWords>();
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Settings, 20, "/repairs/levels", LocalName.Of<ServiceLevelsText>("Navigation"), "clock", Policies.Office));
        return services;
    }

    public static void MapServiceLevels(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("service-levels",
            (ServiceLevelService levels, IStringLocalizer<ServiceLevelsText> words) =>
            new ExportFile<LevelRow>(words["Title"], LevelExport.Columns(words), levels.ReadAsync));
}
