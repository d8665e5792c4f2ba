using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using LogisticsAdmin.Shared;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// A list as a download: a workbook, or text when the address ends in .csv; named for the list and the office's day, streamed while it is
/// read. The rows are asked for when the answer is written: what the service refuses becomes 403 or 404, as long as nothing was sent.
/// Whoever leaves ends the reading too.
/// </summary>
public sealed class GridFile<T>(string list, IReadOnlyList<GridColumn<T>> columns, Func<CancellationToken, IAsyncEnumerable<T>> rows) : IResult
{
    /// <summary>A list short enough to be read at once.</summary>
    public GridFile(string list, IReadOnlyList<GridColumn<T>> columns, Func<CancellationToken, Task<IReadOnlyList<T>>> rows)
        : this(list, columns, ct => OneByOne(rows, ct)) { }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var ct = httpContext.RequestAborted;
        var office = httpContext.RequestServices.GetRequiredService<OfficeTime>();
        var kind = httpContext.Request.Path.Value?.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) == true ? GridKind.Csv : GridKind.Xlsx;
        try
        {
            await using var source = rows(ct).GetAsyncEnumerator(ct);
            // The first row decides whether the answer is the file or a refusal.
            var any = await source.MoveNextAsync();
            Describe(httpContext, kind, office);
            await new GridExport(office).WriteAsync(httpContext.Response.Body, kind, list, columns, From(any, source), ct);
        }
        catch (Refusal refusal) when (!httpContext.Response.HasStarted)
        {
            httpContext.Response.Clear();
            httpContext.Response.StatusCode = GridFiles.StatusOf(refusal);
        }
    }

    private void Describe(HttpContext context, GridKind kind, OfficeTime office)
    {
        var (response, day) = (context.Response, office.Today.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        var ending = kind == GridKind.Csv ? ".csv" : ".xlsx";
        response.ContentType = kind == GridKind.Csv ? "text/csv; charset=utf-8" : "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
        // Browsers take the second name; the first is for what knows no other (RFC 6266), and names the list as its address does.
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

public static class GridFiles
{
    /// <summary>
    /// Maps <c>/exports/{list}.xlsx</c> and <c>.csv</c> to a handler that answers a <see cref="GridFile{T}"/>. Whoever may not gets 401 or
    /// 403: a sign-in page would be saved under the file's name.
    /// </summary>
    public static RouteHandlerBuilder MapExport(this IEndpointRouteBuilder app, string list, Delegate handler) =>
        app.MapGet($"/exports/{list}.{{kind:regex(^(xlsx|csv)$)}}", handler).DisableCookieRedirect().AddEndpointFilter(RefuseAsync);

    internal static int StatusOf(Refusal refusal) => refusal is NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;

    // A handler may ask a service before there is a file.
    private static async ValueTask<object?> RefuseAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Refusal refusal)
        {
            return Results.StatusCode(StatusOf(refusal));
        }
    }
}
