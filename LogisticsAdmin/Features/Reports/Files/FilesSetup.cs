namespace LogisticsAdmin.Features.Reports.Files;

public static class FilesSetup
{
    public static IServiceCollection AddReportFiles(this IServiceCollection services) => services
        .AddScoped<ReportDocument>()
        .AddScoped<ReportWorkbook>()
        .AddScoped<ReportFileWriter>()
        .AddScoped<ReportFiles>()
        .AddSingleton<ReportFileRunner>()
        .AddHostedService<UnfinishedReportFiles>();
}
