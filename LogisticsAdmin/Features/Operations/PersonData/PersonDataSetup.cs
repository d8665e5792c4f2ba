using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Operations.PersonData;

public static class PersonDataSetup
{
    public static IServiceCollection AddPersonData(this IServiceCollection services) => services.AddScoped<PersonDataSheets>().AddScoped<PersonDataService>();

    /// <summary>The export of anybody for administrators, and of oneself.</summary>
    public static void MapPersonData(this IEndpointRouteBuilder app)
    {
        app.MapGet("/people/{id:long}/data.zip", (long id, PersonDataService data, IStringLocalizer<PersonDataText> words, HttpContext context) =>
            DownloadAsync(id, data, words, context)).RequireAuthorization(Policies.Administrators);
        app.MapGet("/Account/Data.zip", (CurrentUser user, PersonDataService data, IStringLocalizer<PersonDataText> words, HttpContext context) =>
            DownloadAsync(user.PersonId, data, words, context)).RequireAuthorization();
    }

    private static async Task<IResult> DownloadAsync(long id, PersonDataService data, IStringLocalizer words, HttpContext context)
    {
        try
        {
            var file = await data.ExportAsync(id, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            return Results.File(file, "application/zip", $"{words["FileName"]}-{id}.zip");
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
