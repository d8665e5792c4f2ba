using LogisticsAdmin.Features.Operations.PersonData;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Operations;

public static class OperationsEndpoints
{
    /// <summary>Backups and personal data as files, streamed from the disk.</summary>
    public static void MapOperations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/settings/operations/backups/{name}", DownloadAsync).RequireAuthorization(Policies.Administrators);
        app.MapPersonData();
    }

    private static async Task<IResult> DownloadAsync(string name, OperationsService operations, HttpContext context, CancellationToken ct)
    {
        try
        {
            var path = await operations.DownloadAsync(name, ct);
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(path, "application/zip", name);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
        catch (Forbidden)
        {
            return Results.Forbid();
        }
    }
}
