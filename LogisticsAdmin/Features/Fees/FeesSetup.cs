using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees;

/// <summary>Fees in sub-slices; each registers its own services and descriptors.</summary>
public static class FeesSetup
{
    public static IServiceCollection AddFees(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddScoped<IReferenceRows, FeesReference>();
        services.AddScoped<LedgerWriter>();
        services.AddBilling();
        services.AddRates(environment);
        services.AddMyFees();
        services.AddMetering(environment);
        return services.AddSingleton<IAuditWords, FeesAuditWords>();
    }

    public static void MapFees(this IEndpointRouteBuilder app)
    {
        app.MapBilling();
        app.MapRates();
        app.MapMetering();
    }
}
