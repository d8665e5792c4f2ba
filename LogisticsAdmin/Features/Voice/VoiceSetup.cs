using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Replies;
using LogisticsAdmin.Features.SavedViews;
using LogisticsAdmin.Features.SavedViews.Parts;
using LogisticsAdmin.Features.Voice.Cases;
using LogisticsAdmin.Features.Voice.Demo;
using LogisticsAdmin.Features.Voice.Desk;
using LogisticsAdmin.Features.Voice.Desk.Parts;
using LogisticsAdmin.Features.Voice.Figures;
using LogisticsAdmin.Features.Voice.Phone.Parts;
using LogisticsAdmin.Features.Voice.Reading;
using LogisticsAdmin.Features.Voice.Work;
using LogisticsAdmin.Live;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;

namespace LogisticsAdmin.Features.Voice;

/// <summary>Complaints, suggestions, appeals and praise, and where they show on pages of others.</summary>
public static class VoiceSetup
{
    public static IServiceCollection AddVoice(this IServiceCollection services)
    {
        services.AddSingleton<IRowSource, VoiceRowSource>();
        services.AddSingleton<IAuditWords, VoiceAuditWords>();
        services.AddScoped<IReferenceRows, VoiceReference>();
        services.AddScoped<VoiceWork>().AddScoped<VoiceService>().AddScoped<VoiceBulk>().AddScoped<VoiceMine>().AddScoped<VoiceNames>().AddScoped<VoiceBoard>();
        services.AddScoped<VoiceUndo>().AddScoped<VoiceLevelService>().AddScoped<VoiceLevelsUndo>().AddScoped<VoicePhotos>().AddScoped<VoiceIntake>();
        services.AddScoped<IMediaOwner>(provider => provider.GetRequiredService<VoicePhotos>());
        services.AddScoped<DemoVoice>().AddHostedService<DemoVoiceStart>();
        services.AddScoped<VoiceClock>().AddHostedService<VoiceClockJob>();
        services.AddScoped<ILevelScope, VoiceLevelScope>();
        services.AddScoped<VoiceQueries>().AddScoped<VoiceMineQueries>().AddScoped<VoiceDeskSettingsService>();
        services.AddViewedList<VoiceViews, VoiceFilter, VoiceRow>();
        services.AddScoped<ISearchProvider, VoiceSearch>().AddScoped<IReplySubjects, VoiceReplySubjects>().AddScoped<IPersonSection, VoiceOfPerson>();
        services.AddScoped<IReportSection, VoiceReportSection>();
        services.AddSingleton<IComplaintLink, ComplaintLink>();
        services.AddSingleton<VoiceBoardSignal>().AddSingleton<IPortalSignal>(provider => provider.GetRequiredService<VoiceBoardSignal>());
        services.AddSingleton<ICommandItem>(new CommandItem(11, "record-case", LocalName.Of<VoiceText>("Record.Command"))
        {
            Dialog = typeof(VoiceIntakeDialog),
            After = id => FormattableString.Invariant($"voice/{id}"),
        });
        foreach (var kind in Enum.GetValues<VoiceNotification>()) services.AddSingleton<INotificationKind>(new VoiceNotificationKind(kind));
        services.AddSingleton<IPortalCard>(new PortalCard(30, typeof(VoiceAnswers)));
        services.AddSingleton<IPortalShortcut>(new PortalShortcut(60, "my/voice", LocalName.Of<VoiceText>("Shortcut"), "replies"));
        services.AddSingleton<ISettingsSection>(new SettingsSection(55, "settings/voice", LocalName.Of<VoiceText>("Levels.Title"),
            LocalName.Of<VoiceText>("Levels.Section"), "clock", Policies.Office));
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.PeopleAndPlaces, 35, "voice", LocalName.Of<VoiceText>("Navigation"), "replies", Policies.Office)
            {
                Links = typeof(ViewList<VoiceFilter, VoiceRow>),
            });
    }

    /// <summary>The list of cases as a file, and where photos of cases are uploaded.</summary>
    public static void MapVoice(this IEndpointRouteBuilder app)
    {
        app.MapVoiceExport();
        app.MapPost("/voice/photos", UploadPhotoAsync).RequireAuthorization(Policies.Office).DisableCookieRedirect()
            .WithMetadata(new UploadLimitAttribute(VoiceLimits.PhotoBytes));
    }

    private static async Task<IResult> UploadPhotoAsync(IFormFile file, VoicePhotos photos, RefusalText words, CancellationToken ct)
    {
        try
        {
            await using var upload = file.OpenReadStream();
            return Results.Json(new UploadedPhoto(await photos.UploadAsync(upload, ct)));
        }
        catch (Refusal refusal)
        {
            return Results.Json(new PhotoProblem(words.Of(refusal)), statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private sealed record UploadedPhoto(Guid Key);

    private sealed record PhotoProblem(string Problem);
}
