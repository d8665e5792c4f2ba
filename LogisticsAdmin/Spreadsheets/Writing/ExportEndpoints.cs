using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Writing;

public static class ExportEndpoints
{
    /// <summary>
    /// The address <c>/exports/{list}.xlsx</c> and <c>.csv</c> for a handler that returns an <see cref="ExportFile{T}"/>, mapped with
    /// <c>MapGet("", …)</c>. Without permission the answer is 401, 403 or 404, not a redirect: a browser would save the sign-in page under the
    /// file's name.
    /// </summary>
    public static RouteGroupBuilder MapExport(this IEndpointRouteBuilder app, string list)
    {
        var export = app.MapGroup($"/exports/{list}.{{kind:regex(^(xlsx|csv)$)}}");
        export.DisableCookieRedirect().AddEndpointFilter(RefuseAsync);
        return export;
    }

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
