using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// A list as a download: a workbook, or CSV when the URL ends in .csv, named after the list and the office's current day and streamed
/// while the rows are read. A refusal before the first byte becomes 403 or 404. When the client disconnects, reading stops.
/// </summary>
public sealed class ExportFile<T>(string list, IReadOnlyList<ExportColumn<T>> columns, Func<CancellationToken, IAsyncEnumerable<T>> rows) : IResult
{
    /// <summary>For a list that is short enough to be read at once.</summary>
    public ExportFile(string list, IReadOnlyList<ExportColumn<T>> columns, Func<CancellationToken, Task<IReadOnlyList<T>>> rows)
        : this(list, columns, ct => OneByOne(rows, ct)) { }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        var office = httpContext.RequestServices.GetRequiredService<OfficeTime>();
        var format = httpContext.Request.Path.Value?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? ExportFormat.Csv : ExportFormat.Xlsx;
        try
        {
            await using var source = rows(ct).GetAsyncEnumerator(ct);
            // The first row is read before headers are sent, so that a refusal can still set the status.
            var any = await source.MoveNextAsync();
            Describe(httpContext, format, office);
            await new ExportWriter(office).WriteAsync(httpContext.Response.Body, format, list, columns, From(any, source), ct);
        }
        catch (Refusal refusal) when (!httpContext.Response.HasStarted)
        {
            httpContext.Response.Clear();
            httpContext.Response.StatusCode = ExportEndpoints.StatusOf(refusal);
        }
    }

    private void Describe(HttpContext context, ExportFormat format, OfficeTime office)
    {
        var (response, day) = (context.Response, office.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var ending = format == ExportFormat.Csv ? ".csv" : ".xlsx";
        response.ContentType = format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        // Browsers use the second name; the first is for clients that don't know it (RFC 6266) and is taken from the URL.
        response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment")
        {
            FileName = $"{Path.GetFileNameWithoutExtension(context.Request.Path.Value)}-{day}{ending}",
            FileNameStar = $"{NameOf(list)} {day}{ending}",
        }.ToString();
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
    }

    private static string NameOf(string list)
    {
        var name = new StringBuilder();
        foreach (var rune in list.EnumerateRunes())
            if (!Rune.IsControl(rune)) name.Append(rune.IsBmp && "\\/:*?\"<>|".Contains((char)rune.Value) ? "-" : rune.ToString());
        return name.ToString().Trim(' ', '.');
    }

    private static async IAsyncEnumerable<T> OneByOne(Func<CancellationToken, Task<IReadOnlyList<T>>> rows, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach (var row in await rows(ct)) yield return row;
    }

    private static async IAsyncEnumerable<T> From(bool any, IAsyncEnumerator<T> source)
    {
        for (; any; any = await source.MoveNextAsync()) yield return source.Current;
    }
}
