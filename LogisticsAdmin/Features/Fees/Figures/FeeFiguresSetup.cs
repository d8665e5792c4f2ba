using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees.Figures;

internal static class FeeFiguresSetup
{
    public static IServiceCollection AddFeeFigures(this IServiceCollection services) => services.AddScoped<IReportSection, FeesReportSection>();
}
