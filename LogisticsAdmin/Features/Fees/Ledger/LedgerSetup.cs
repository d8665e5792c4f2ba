using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees.Ledger;

internal static class LedgerSetup
{
    public static IServiceCollection AddLedger(this IServiceCollection services) => services
        .AddScoped<LedgerWriter>()
        .AddScoped<LedgerSeals>()
        .AddScoped<LedgerQueries>()
        .AddScoped<IStorageCheck, LedgerCheck>()
        .AddSingleton<IAuditWords>(new AuditWords<FeesText>(typeof(LedgerDay)))
        .AddHostedService<LedgerSealJob>();
}
