using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Repairs.Figures;

internal static class FiguresSetup
{
    public static IServiceCollection AddFigures(this IServiceCollection services) => services.AddScoped<IReportSection, RepairReportSection>();
}
