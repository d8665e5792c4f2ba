using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Reports.Files;

public static class FilesSetup
{
    /// <summary>The report's documents, the announcement of its draft, and its settings.</summary>
    public static IServiceCollection AddReportFiles(this IServiceCollection services) => services
        .AddScoped<ReportDocument>()
        .AddScoped<ReportWorkbook>()
        .AddScoped<ReportFileWriter>()
        .AddScoped<ReportFiles>()
        .AddSingleton<ReportFileRunner>()
        .AddHostedService<UnfinishedReportFiles>()
        .AddScoped<ReportDrafts>()
        .AddHostedService<ReportDraftJob>()
        .AddSingleton<INotificationKind, ReportNotificationKind>()
        .AddScoped<ReportSettingsService>()
        .AddSingleton<ISettingsSection>(new SettingsSection(
            85, "settings/reports", LocalName.Of<FilesText>("Section.Title"), LocalName.Of<FilesText>("Section.About"), "reports", Policies.Administrators));
}
