using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Costs;

internal static class CostsSetup
{
    public static IServiceCollection AddCosts(this IServiceCollection services)
    {
        services.AddScoped<RepairCosts>();
        services.AddScoped<PartsService>();
        services.AddScoped<IReferenceRows, CostsReference>();
        services.AddSingleton<IAuditWords>(new AuditWords<CostsText>(typeof(Part)));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Repairs, 40, "/parts", LocalName.Of<CostsText>("Navigation"), "parts", Policies.Office));
    }

    /// <summary>The list of parts as a file, filtered and sorted by the same query string as its page.</summary>
    public static void MapCosts(this IEndpointRouteBuilder app) => app.MapGroup("").RequireAuthorization(Policies.Office)
        .MapExport("parts", (string? q, string? state, string? sort, PartsService parts, IStringLocalizer<CostsText> words) =>
            new ExportFile<PartRow>(words["PartsList"], PartExport.Columns(words), ct => parts.AllAsync(PartFilter.Parse(q, state, sort), ct)));
}
