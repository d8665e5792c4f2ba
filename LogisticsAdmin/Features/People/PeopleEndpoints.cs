using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

public static class PeopleEndpoints
{
    /// <summary>The list as a file, with the filter and order of the page's query string.</summary>
    public static void MapPeople(this IEndpointRouteBuilder app) =>
        app.MapExport("people", (string? columns, HttpRequest request, PeopleService people, IStringLocalizer<PeopleText> words) =>
        {
            var filter = PeopleFilter.Read(request.QueryString.ToString());
            PeopleColumns? chosen = Enum.TryParse<PeopleColumns>(columns, out var some) ? some : null;
            return new ExportFile<PersonRow>(words["People"], PeopleExport.Columns(words, chosen), ct => people.ExportAsync(filter, ct));
        }).RequireAuthorization(Policies.Administrators);
}
