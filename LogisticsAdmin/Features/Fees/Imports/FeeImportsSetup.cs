using LogisticsAdmin.Spreadsheets.Importing;

namespace LogisticsAdmin.Features.Fees.Imports;

internal static class FeeImportsSetup
{
    public static IServiceCollection AddFeeImports(this IServiceCollection services) =>
        services.AddScoped<ImportKind, OpeningBalancesImport>().AddScoped<ImportKind, FixedChargesImport>();
}
