using System.Globalization;
using LogisticsAdmin.Features.Reports.Figures;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.Reports.Dashboard;

/// <summary>What the dashboard shows now as a workbook, by the same query string as its page.</summary>
internal static class DashboardExport
{
    private const string Workbooks = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static async Task<IResult> Answer(HttpContext context, DashboardService dashboard, DashboardSheets sheets, FigureFormat format,
        IStringLocalizer<DashboardText> words, CancellationToken ct)
    {
        var filter = DashboardFilter.Read(context.Request.QueryString.Value ?? "");
        try
        {
            if (await ReadAsync(dashboard, filter, ct) is not { } view) return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            var file = AnnexWorkbook.Write(sheets.Of(view), 1, null, ct);
            var headers = context.Response.Headers;
            headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
            {
                FileName = string.Create(CultureInfo.InvariantCulture, $"dashboard-{view.Period}.xlsx"),
                FileNameStar = $"{words["Title"]} {format.Period(view.Period)}.xlsx",
            }.ToString();
            headers.CacheControl = "no-store";
            headers.XContentTypeOptions = "nosniff";
            return Results.Bytes(file, Workbooks);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    /// <summary>Null when the board can't read what is asked for.</summary>
    private static async Task<DashboardView?> ReadAsync(DashboardService dashboard, DashboardFilter filter, CancellationToken ct)
    {
        using var watch = dashboard.Watch(filter);
        while (true)
        {
            var snapshot = await watch.NextAsync(ct);
            if (await dashboard.ReadAsync(snapshot, filter, ct) is { } view) return await dashboard.WithHistoryAsync(view, ct);
            if (snapshot.HasFailed) return null;
        }
    }
}
