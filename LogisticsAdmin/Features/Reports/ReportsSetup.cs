using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports;

public static class ReportsSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services)
    {
        services.AddSingleton<MonthHistory>();
        services.AddScoped<ReportReader>();
        services.AddScoped<ReportService>();
        services.AddScoped<ClosingService>();
        services.AddScoped<IStorageCheck, ClosingCheck>();
        services.AddSingleton<IAuditWords>(new AuditWords<ReportsText>(typeof(ReportClosing), typeof(ReportTarget), typeof(ReportSettings)));
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Repairs, 70, "reports", LocalName.Of<ReportsText>("Navigation"), "reports", Policies.Management));
    }

    public static void MapReports(this IEndpointRouteBuilder app)
    {
    }
}
