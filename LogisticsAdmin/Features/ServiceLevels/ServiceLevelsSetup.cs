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
            new NavigationItem(NavigationGroup.Settings, 20, "repairs/levels", LocalName.Of<ServiceLevelsText>("Navigation"), "clock", Policies.Office));
        services.AddSingleton<ISettingsSection>(new SettingsSection(50, "repairs/levels", LocalName.Of<ServiceLevelsText>("Navigation"),
            LocalName.Of<ServiceLevelsText>("Section.About"), "clock", Policies.Office));
        services.AddSingleton<ICommandItem>(new CommandItem(30, "new-level", LocalName.Of<ServiceLevelsText>("Command.NewLevel"))
        {
            Address = "repairs/levels?add=true",
            Only = actor => actor.IsManagement,
        });
        return services;
    }

    /// <summary>The lists of the page as files: levels, escalation steps, crew leads.</summary>
    public static void MapServiceLevels(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("service-levels").MapGet("", (ServiceLevelService levels, IStringLocalizer<ServiceLevelsText> words) =>
            new ExportFile<LevelRow>(words["Title"], LevelExport.Columns(words), levels.ReadAsync));
        office.MapExport("escalation-steps").MapGet("", (ServiceLevelService levels, IStringLocalizer<ServiceLevelsText> words) =>
            new ExportFile<StepRow>(words["Steps"], StepExport.Columns(words), levels.StepsAsync));
        office.MapExport("crew-leads").MapGet("", (ServiceLevelService levels, IStringLocalizer<ServiceLevelsText> words) =>
            new ExportFile<CrewLeadRow>(words["Leads"], LeadExport.Columns(words), levels.CrewLeadsAsync));
    }
}
