using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Rates;

internal static class RatesSetup
{
    public static IServiceCollection AddRates(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddScoped<RateService>();
        services.AddScoped<RateQueries>();
        services.AddScoped<ResidentGroupsUndo>();
        services.AddScoped<ResidentGroupService>();
        services.AddScoped<RateArithmetic>();
        if (environment.IsDevelopment()) services.AddScoped<IReferenceRows, DemoRates>();
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.Fees, 10, "fees/rates", LocalName.Of<RatesText>("Navigation"), "rates", Policies.Office));
    }

    /// <summary>All versions of all rates, and all resident groups, as files.</summary>
    public static void MapRates(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("fee-rates").MapGet("",
            (RateQueries rates, RateArithmetic arithmetic, IStringLocalizer<RatesText> words) => new ExportFile<RateExportRow>(
                words["RatesTitle"], RateExport.Columns(words, arithmetic), rates.AllAsync));
        office.MapExport("fee-groups").MapGet("", (ResidentGroupService groups, IStringLocalizer<RatesText> words) => new ExportFile<GroupRow>(
            words["Groups"], GroupExport.Columns(words), groups.ListAsync));
    }
}
