using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Repairs.LogImport;

internal static class LogImportSetup
{
    public static IServiceCollection AddLogImport(this IServiceCollection services)
    {
        services.AddScoped<LogImportService>();
        services.AddScoped<ImportKind, TicketLogImport>();
        return services.AddScoped<IConsoleCommand, ImportLogCommand>();
    }
}
