using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work.Bulk;
using LogisticsAdmin.Features.Repairs.Work.Undo;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Repairs.Work;

internal static class WorkSetup
{
    public static IServiceCollection AddWork(this IServiceCollection services)
    {
        services.AddSingleton<ResidentLimits>();
        services.AddScoped<RepairService>();
        services.AddScoped<RepairIntake>();
        services.AddScoped<IRepairReports, RepairReports>();
        services.AddScoped<RepairClock>();
        services.AddHostedService<RepairClockJob>();
        services.AddScoped<DeadlineRecalculation>();
        services.AddScoped<ILevelScope, RepairLevelScope>();
        services.AddScoped<RepairBulk>();
        services.AddScoped<UndoOffers>();
        services.AddScoped<UndoService>();
        services.AddHostedService<UndoSweep>();
        services.AddScoped<RepairPhotos>();
        services.AddScoped<IMediaOwner>(sp => sp.GetRequiredService<RepairPhotos>());
        services.AddScoped<IStorageCheck, NumbersCheck>();
        services.AddSingleton<IMacroActions, RepairMacroActions>();
        services.AddScoped<IReplySubjects, RepairReplySubjects>();
        foreach (var kind in Enum.GetValues<RepairNotification>())
            services.AddSingleton<INotificationKind>(all => RepairNotificationKind.Of(kind, all.GetRequiredService<IStandIns>()));
        return services;
    }

    /// <summary>The upload of photos for a report, a reply or a job.</summary>
    public static void MapWork(this IEndpointRouteBuilder app) =>
        app.MapPost("/photos", UploadPhotoAsync).RequireAuthorization().WithMetadata(new UploadLimitAttribute(CampusRules.PhotoBytesPerTicket));

    private static async Task<IResult> UploadPhotoAsync(IFormFile file, RepairPhotos photos, RefusalText words, CancellationToken ct)
    {
        try
        {
            await using var upload = file.OpenReadStream();
            return Results.Json(await photos.UploadDraftAsync(upload, ct));
        }
        catch (Refusal refusal)
        {
            return Results.Json(new PhotoProblem(words.Of(refusal)), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private sealed record PhotoProblem(string Problem);
}
