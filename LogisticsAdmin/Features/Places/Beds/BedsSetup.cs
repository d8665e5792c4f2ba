using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places.Beds;

internal static class BedsSetup
{
    public static IServiceCollection AddBeds(this IServiceCollection services) => services
        .AddScoped<BedQueries>()
        .AddScoped<BedService>()
        .AddScoped<BedsUndo>()
        .AddScoped<ImportKind, BedsImport>();

    /// <summary>Who lives in which bed as a file, which the import of moves reads back.</summary>
    public static void MapBeds(this IEndpointRouteBuilder app) =>
        app.MapExport("beds").MapGet("", (BedQueries beds, IStringLocalizer<BedsText> words) =>
            new ExportFile<HousedRow>(words["Export.Name"], Columns(words), beds.HousedAsync)).RequireAuthorization(Policies.Office);

    internal static IReadOnlyList<ExportColumn<HousedRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Column.number"], r => r.Number),
        new(words["Column.user-name"], r => r.UserName),
        new(words["Column.name"], r => r.Name),
        new(words["Column.campus"], r => r.Campus.ToString()),
        new(words["Column.building"], r => r.Building.ToString()),
        new(words["Column.room"], r => r.Room),
        new(words["Column.bed"], r => r.Bed),
        new(words["Export.Since"], r => r.Since, ColumnFormat.Moment),
    ];
}
