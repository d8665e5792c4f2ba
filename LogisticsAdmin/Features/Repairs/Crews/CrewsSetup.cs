using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Crews;

internal static class CrewsSetup
{
    public static IServiceCollection AddCrews(this IServiceCollection services)
    {
        services.AddScoped<DutyService>();
        services.AddScoped<RankingQueries>();
        services.AddScoped<ISetupStep, CrewsStep>();
        services.AddSingleton<IStandIns, AbsenceStandIns>();
        services.AddSingleton<IAuditWords>(new AuditWords<CrewsText>(typeof(Absence)));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Repairs, 30, "repairs/duty", LocalName.Of<CrewsText>("Navigation"), "duty", Policies.Office));
    }

    /// <summary>The lists of absences and of who works today as files.</summary>
    public static void MapCrews(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("absences").MapGet("", (DutyService duty, IStringLocalizer<CrewsText> words) =>
            new ExportFile<AbsenceRow>(words["AbsencesTitle"], AbsenceExport.Columns(words), async ct => (await duty.BoardAsync(ct)).Absences));
        office.MapExport("duty").MapGet("", (DutyService duty, IStringLocalizer<CrewsText> words) => new ExportFile<DutyExport.Line>(
            words["DutyTitle"], DutyExport.Columns(words), async ct => DutyExport.Lines(await duty.BoardAsync(ct))));
    }
}
