using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

public static class RepairExports
{
    /// <summary>The desk's list as a file, filtered and sorted by the same query string as the page.</summary>
    public static void MapRepairExports(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("repairs").MapGet("", TicketsAsync);
    }

    private static async Task<ExportFile<RepairExportRow>> TicketsAsync(
        string? columns, HttpRequest request, DeskQueries queries, DeskSettingsService service,
        IStringLocalizer<DeskText> words, TicketExport export, CancellationToken ct)
    {
        var filter = DeskAddress.Read(request.QueryString.ToString());
        DeskFact? chosen = columns == DeskAddress.Chosen ? (await service.MineAsync(ct)).Facts : null;
        return new ExportFile<RepairExportRow>(
            words["Export.Name", words[$"RepairView.{filter.View}"]], export.Columns(chosen),
            token => queries.ExportAsync(filter, filter.Sort ?? DeskSort.Pressing, token));
    }
}
