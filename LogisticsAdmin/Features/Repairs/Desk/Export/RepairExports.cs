using LogisticsAdmin.Features.Repairs.Costs;
using LogisticsAdmin.Features.Repairs.Crews;
using LogisticsAdmin.Features.Repairs.Desk.Views;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Desk.Export;

public static class RepairExports
{
    /// <summary>The office's lists of repairs as files, filtered and sorted by the same query string as the pages.</summary>
    public static void MapRepairExports(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("repairs", TicketsAsync);
        office.MapExport("parts", (string? q, string? state, string? sort, PartsService parts, IStringLocalizer<CostsText> words) =>
            new ExportFile<PartRow>(words["PartsList"], PartExport.Columns(words), ct => parts.AllAsync(PartFilter.Parse(q, state, sort), ct)));
        office.MapExport("absences", (DutyService duty, IStringLocalizer<CrewsText> words) =>
            new ExportFile<AbsenceRow>(words["AbsencesTitle"], AbsenceExport.Columns(words), async ct => (await duty.BoardAsync(ct)).Absences));
    }

    private static async Task<ExportFile<RepairExportRow>> TicketsAsync(
        string? sort, string? columns, HttpRequest request, DeskQueries queries, DeskSettingsService service,
        IStringLocalizer<DeskText> words, TicketExport export, CancellationToken ct)
    {
        var filter = DeskAddress.Read(request.QueryString.ToString());
        var order = Enum.TryParse<DeskSort>(sort, out var known) && Enum.IsDefined(known) ? known : DeskSort.Pressing;
        DeskFact? chosen = columns == DeskAddress.Chosen ? (await service.MineAsync(ct)).Facts : null;
        return new ExportFile<RepairExportRow>(
            words["Export.Name", words[$"RepairView.{filter.View}"]], export.Columns(chosen), token => queries.ExportAsync(filter, order, token));
    }
}
