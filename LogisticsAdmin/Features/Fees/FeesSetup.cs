using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Billing;
using LogisticsAdmin.Features.Fees.Demo;
using LogisticsAdmin.Features.Fees.Figures;
using LogisticsAdmin.Features.Fees.Imports;
using LogisticsAdmin.Features.Fees.Kinds;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Features.Fees.Mine;
using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Fees.Rates;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Features.Fees.Sections;
using LogisticsAdmin.Registries;

namespace LogisticsAdmin.Features.Fees;

/// <summary>Fees in sub-slices; each registers its own services and descriptors.</summary>
public static class FeesSetup
{
    public static IServiceCollection AddFees(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddScoped<IReferenceRows, FeesReference>();
        services.AddSingleton<IAuditWords, FeesAuditWords>();
        return services
            .AddFeeKinds()
            .AddRates(environment)
            // Before the jobs: the demo's bills are there when these start.
            .AddDemoFees()
            .AddMetering()
            .AddLedger()
            .AddBilling()
            .AddPayments(environment)
            .AddReconciliation()
            .AddArrears()
            .AddFeeSections()
            .AddMoveOut()
            .AddMyFees()
            .AddFeeFigures()
            .AddFeeImports();
    }

    public static void MapFees(this IEndpointRouteBuilder app)
    {
        app.MapFeeKinds();
        app.MapRates();
        app.MapMetering();
        app.MapBilling();
        app.MapPayments();
        app.MapMoveOut();
        app.MapReconciliation();
        app.MapArrears();
    }
}
