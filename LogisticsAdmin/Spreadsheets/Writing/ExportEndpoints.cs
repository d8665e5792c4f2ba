using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Writing;

public static class ExportEndpoints
{
    /// <summary>
    /// Maps <c>/exports/{list}.xlsx</c> and <c>.csv</c> to a handler that answers a <see cref="ExportFile{T}"/>. Whoever may not gets 401 or
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
