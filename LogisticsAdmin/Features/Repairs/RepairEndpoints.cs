using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Net.Http.Headers;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairEndpoints
{
    /// <summary>What repairs serve besides pages: photos, rooms for the choice on the report form, and lists as files.</summary>
    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        var photos = app.MapGroup("/photos").RequireAuthorization();
        photos.MapGet("/{key:guid}", (Guid key, HttpContext context, RepairPhotos store, CancellationToken ct) =>
            ServeAsync(key, thumbnail: false, context, store, ct));
        photos.MapGet("/{key:guid}/thumb", (Guid key, HttpContext context, RepairPhotos store, CancellationToken ct) =>
            ServeAsync(key, thumbnail: true, context, store, ct));
        photos.MapPost("/", TakeAsync).WithMetadata(new UploadLimitAttribute(CampusRules.PhotoBytesPerTicket));

        app.MapGet("/my/rooms/{building:long}", async (long building, RepairQueries queries, CancellationToken ct) =>
            (await queries.RoomsAsync(building, ct)).Select(r => new RoomOption(r.Id, r.Name.ToString(), r.Floor))).RequireAuthorization();
        app.MapRepairExports();
    }

    private static async Task<IResult> ServeAsync(Guid key, bool thumbnail, HttpContext context, RepairPhotos photos, CancellationToken ct)
    {
        Stream picture;
        try
        {
            picture = await photos.OpenAsync(key, thumbnail, ct);
        }
        catch (Refusal)
        {
            return Results.NotFound();
        }
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.ContentDisposition = $"inline; filename=\"{key:N}.jpg\"";
        headers.CacheControl = "private, max-age=86400";
        // A key names one picture for good.
        return Results.Stream(picture, "image/jpeg", entityTag: new EntityTagHeaderValue($"\"{key:N}{(thumbnail ? "-t" : "")}\""));
    }

    private static async Task<IResult> TakeAsync(IFormFile file, RepairPhotos photos, RefusalText words, CancellationToken ct)
    {
        try
        {
            await using var upload = file.OpenReadStream();
            return Results.Json(await photos.KeepAsync(upload, ct));
        }
        catch (Refusal refusal)
        {
            return Results.Json(new PhotoProblemAnswer(words.Of(refusal)), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private sealed record RoomOption(long Id, string Name, int Floor);

    private sealed record PhotoProblemAnswer(string Problem);
}
