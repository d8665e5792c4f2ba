using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Reports.Dashboard;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Features.Reports.Targets;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;

namespace LogisticsAdmin.Features.Reports;

public static class ReportsSetup
{
    public static IServiceCollection AddReports(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddSingleton<MonthHistory>();
        services.AddScoped<ReportReader>();
        services.AddScoped<ReportService>();
        services.AddScoped<ClosingService>();
        services.AddScoped<TermQueries>();
        services.AddScoped<FigureFormat>();
        services.AddScoped<TrendCharts>();
        services.AddScoped<IStorageCheck, ClosingCheck>();
        services.AddReportFiles();
        services.AddSingleton<IAuditWords>(new AuditWords<ReportsText>(typeof(ReportClosing), typeof(ReportTarget), typeof(ReportSettings)));
        services.AddTargets(withExamples: environment.IsDevelopment());
        services.AddDashboard();
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Repairs, 70, "reports", LocalName.Of<ReportsText>("Navigation"), "reports", Policies.Management));
    }

    public static void MapReports(this IEndpointRouteBuilder app)
    {
        app.MapGroup("").RequireAuthorization(new VisibleToAttribute(Policies.Management)).MapExport("report-figure").MapGet("", FigureExport.Answer);
        app.MapReportFiles();
        app.MapTargets();
        app.MapDashboard();
    }
}
