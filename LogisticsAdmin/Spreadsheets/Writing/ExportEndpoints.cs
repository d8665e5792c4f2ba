using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Writing;

public static class ExportEndpoints
{
    /// <summary>
    /// Maps <c>/exports/{list}.xlsx</c> and <c>.csv</c> to a handler that returns an <see cref="ExportFile{T}"/>. Without permission the
    /// answer is 401, 403 or 404, not a redirect: a browser would save the sign-in page under the file's name.
    /// </summary>
    public static RouteHandlerBuilder MapExport(this IEndpointRouteBuilder app, string list, Delegate handler) =>
        app.MapGet($"/exports/{list}.{{kind:regex(^(xlsx|csv)$)}}", handler).DisableCookieRedirect().AddEndpointFilter(RefuseAsync);

    internal static int StatusOf(Refusal refusal) => refusal is NotFound ? StatusCodes.Status404NotFound : StatusCodes.Status403Forbidden;

    // A handler may call a service, which may refuse, before it returns the file.
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
