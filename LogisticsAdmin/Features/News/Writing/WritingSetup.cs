using LogisticsAdmin.Features.News.Items;
using LogisticsAdmin.Media;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.News.Writing;

internal static class WritingSetup
{
    public static IServiceCollection AddWriting(this IServiceCollection services)
    {
        services.AddScoped<NewsService>().AddScoped<NewsQueries>().AddScoped<AudienceChoices>().AddScoped<NewsUndo>();
        services.AddScoped<NewsUploads>();
        services.AddScoped<IMediaOwner>(provider => provider.GetRequiredService<NewsUploads>());
        services.AddScoped<IFileOwner>(provider => provider.GetRequiredService<NewsUploads>());
        services.AddSingleton<INotificationKind, PreviewKind>();
        services.AddSingleton<ICommandItem>(new CommandItem(35, "write-notice", LocalName.Of<WritingText>("Command.New"))
        {
            Address = "news/new",
            Only = actor => actor.Is(Role.Administrator),
        });
        return services.AddSingleton<INavigationItem>(
            new NavigationItem(NavigationGroup.PeopleAndPlaces, 40, "news", LocalName.Of<WritingText>("Navigation"), "news", Policies.Office));
    }

    /// <summary>The lists as files, filtered and sorted by the same query string as the page, and the upload of pictures and attachments.</summary>
    public static void MapWriting(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("news").MapGet("",
            (string? q, string? state, string? kind, string? column, string? sort, NewsQueries news, IStringLocalizer<WritingText> words,
                IStringLocalizer<NewsText> states) => new ExportFile<NewsRow>(
                words["Title"], NewsExport.Columns(words, states), ct => news.AllAsync(NewsListFilter.Parse(q, state, kind, column, sort), ct)));
        office.MapExport("news-audience").MapGet("",
            (string? item, AudienceChoices audiences, IStringLocalizer<WritingText> words) => new ExportFile<AudiencePerson>(
                words["AudienceList"], NewsExport.People(words),
                ct => audiences.AllOfAsync(TypedId.Parse(item) ?? 0, ct)));
        office.MapPost("/news/{id:long}/files", UploadAsync).WithMetadata(new UploadLimitAttribute(NewsLimits.FileBytes));
    }

    private static async Task<IResult> UploadAsync(
        long id, IFormFile file, [FromForm] bool? picture, NewsUploads uploads, RefusalText words, CancellationToken ct)
    {
        try
        {
            await using var upload = file.OpenReadStream();
            return Results.Json(picture == true
                ? await uploads.AddPictureAsync(id, file.FileName, upload, ct) : await uploads.AddFileAsync(id, file.FileName, upload, ct));
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
        catch (Refusal refusal)
        {
            return Results.Json(new FileProblem(words.Of(refusal)), statusCode: refusal is Forbidden ? StatusCodes.Status403Forbidden : 422);
        }
    }

    private sealed record FileProblem(string Problem);
}
