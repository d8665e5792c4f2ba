using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Media;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Repairs;

public static class RepairEndpoints
{
    /// <summary>What repairs serve besides pages: uploads of photos, rooms for the choice on the report form, and lists as files.</summary>
    public static void MapRepairs(this IEndpointRouteBuilder app)
    {
        app.MapPost("/photos", UploadPhotoAsync).RequireAuthorization().WithMetadata(new UploadLimitAttribute(CampusRules.PhotoBytesPerTicket));

        app.MapGet("/my/rooms/{building:long}", async (long building, ChoiceQueries queries, CancellationToken ct) =>
            (await queries.RoomsAsync(building, ct)).Select(r => new RoomOption(r.Id, r.Name.ToString(), r.Floor))).RequireAuthorization();
        app.MapRepairExports();
    }

    private static async Task<IResult> UploadPhotoAsync(IFormFile file, RepairPhotos photos, RefusalText words, CancellationToken ct)
    {
        try
        {
            await using var upload = file.OpenReadStream();
            return Results.Json(await photos.KeepAsync(upload, ct));
        }
        catch (Refusal refusal)
        {
            return Results.Json(new PhotoProblem(words.Of(refusal)), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private sealed record RoomOption(long Id, string Name, int Floor);

    private sealed record PhotoProblem(string Problem);
}
