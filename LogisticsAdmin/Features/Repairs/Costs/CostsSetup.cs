using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Costs;

internal static class CostsSetup
{
    public static IServiceCollection AddCosts(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddScoped<RepairCosts>();
        services.AddScoped<PartsService>();
        services.AddScoped<PartsUndo>();
        services.AddScoped<IRoomSection, RoomCosts>();
        if (environment.IsDevelopment()) services.AddScoped<IReferenceRows, DemoParts>();
        services.AddSingleton<IAuditWords>(new AuditWords<CostsText>(typeof(Part)));
        services.AddSingleton<ISettingsSection>(new SettingsSection(
            70, "parts", LocalName.Of<CostsText>("PartsTitle"), LocalName.Of<CostsText>("Section.About"), "parts", Policies.Office));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.Repairs, 40, "parts", LocalName.Of<CostsText>("Navigation"), "parts", Policies.Office));
    }

    /// <summary>
    /// The list of parts as a file, filtered and sorted by the same query string as its page; and the search for parts of the phone pages.
    /// </summary>
    public static void MapCosts(this IEndpointRouteBuilder app)
    {
        app.MapGet("/jobs/parts/{ticket:long}", FindAsync).RequireAuthorization(Policies.Technicians);
        app.MapGroup("").RequireAuthorization(Policies.Office).MapExport("parts").MapGet("",
            (string? q, string? state, string? sort, PartsService parts, IStringLocalizer<CostsText> words) => new ExportFile<PartRow>(
                words["PartsList"], PartExport.Columns(words), ct => parts.AllAsync(PartFilter.Parse(q, state, sort), ct)));
    }

    private static async Task<IResult> FindAsync(long ticket, string? find, RepairCosts costs, CancellationToken ct)
    {
        try
        {
            return Results.Ok((await costs.OfferedAsync(ticket, find, ct: ct)).Select(p => new PartOption(p.Id, p.ToString())));
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    private sealed record PartOption(long Id, string Name);
}
