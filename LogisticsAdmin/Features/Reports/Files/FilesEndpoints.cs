using System.Globalization;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.Reports.Files;

internal static class FilesEndpoints
{
    private const string Workbooks = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>
    /// A month's documents as it stands, in the reader's language or that of <c>?lang=en</c>, and documents that were requested on a page.
    /// Whoever may not see them gets 404.
    /// </summary>
    public static void MapReportFiles(this IEndpointRouteBuilder app)
    {
        app.MapGet("/reports/monthly/{month}.pdf", (string month, string? lang, HttpContext context, ReportFiles files, CancellationToken ct) =>
            AnswerAsync(context, () => AsItStandsAsync(month, ReportFileKind.Pdf, lang, files, ct))).RequireAuthorization();
        app.MapGet("/reports/monthly/{month}.xlsx", (string month, string? lang, HttpContext context, ReportFiles files, CancellationToken ct) =>
            AnswerAsync(context, () => AsItStandsAsync(month, ReportFileKind.Workbook, lang, files, ct))).RequireAuthorization();
        app.MapGet("/reports/files/{id:long}", (long id, HttpContext context, ReportFiles files, CancellationToken ct) =>
            AnswerAsync(context, () => files.DownloadAsync(id, ct))).RequireAuthorization();
    }

    private static Task<ReportDownload> AsItStandsAsync(string month, ReportFileKind kind, string? language, ReportFiles files, CancellationToken ct) =>
        files.AsItStandsAsync(
            ReportPeriod.Parse(month) ?? throw new NotFound(), kind, language ?? CultureInfo.CurrentUICulture.Name, ct);

    private static async Task<IResult> AnswerAsync(HttpContext context, Func<Task<ReportDownload>> read)
    {
        try
        {
            var file = await read();
            var (type, ending) = file.Kind == ReportFileKind.Pdf ? ("application/pdf", ".pdf") : (Workbooks, ".xlsx");
            var headers = context.Response.Headers;
            headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
            {
                FileName = file.PlainName + ending,
                FileNameStar = file.Name + ending,
            }.ToString();
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = file.StoredId is null ? "no-store" : "private, no-cache";
            // The bytes of a stored file never change.
            var tag = file.StoredId is { } id ? new EntityTagHeaderValue(string.Create(CultureInfo.InvariantCulture, $"\"report-{id}\"")) : null;
            return Results.Bytes(file.Bytes, type, entityTag: tag);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }
}
