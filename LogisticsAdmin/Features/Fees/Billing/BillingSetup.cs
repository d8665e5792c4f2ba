using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Metering;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Billing;

internal static class BillingSetup
{
    public static IServiceCollection AddBilling(this IServiceCollection services)
    {
        services.AddSingleton<BillingSignal>();
        services.AddScoped<BillingWork>().AddScoped<BillingService>().AddScoped<BillQueries>();
        services.AddScoped<IStorageCheck, BillsCheck>();
        services.AddSingleton<IBilledMeters, BilledMeters>();
        services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Fees, 30, "fees/bills", LocalName.Of<BillingText>("BillsTitle"), "bills", Policies.Office));
        return services.AddHostedService<BillingJob>();
    }

    /// <summary>The list of bills as a file, filtered and sorted by the same query string as its page.</summary>
    public static void MapBilling(this IEndpointRouteBuilder app) =>
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("fee-bills").MapGet("",
            (string? q, string? kind, string? period, string? sort, BillQueries bills, IStringLocalizer<BillingText> words, IStringLocalizer<FeesText> fees) =>
                new ExportFile<BillRow>(
                    words["BillsTitle"], BillExport.Columns(words, fees), ct => bills.AllAsync(BillFilter.Parse(q, kind, period, sort, page: null), ct)));
}
