using LogisticsAdmin.Documents;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.People;

public static class PeopleEndpoints
{
    /// <summary>One-time codes as a file; and the list, with the filter and order of the page's query string.</summary>
    public static void MapPeople(this IEndpointRouteBuilder app)
    {
        app.MapExport("people").MapGet("", (string? columns, HttpRequest request, PeopleService people, IStringLocalizer<PeopleText> words) =>
        {
            var filter = PeopleFilter.Read(request.QueryString.ToString());
            PeopleColumns? chosen = Enum.TryParse<PeopleColumns>(columns, out var some) ? some : null;
            return new ExportFile<PersonRow>(words["People"], PeopleExport.Columns(words, chosen), ct => people.ExportAsync(filter, ct));
        }).RequireAuthorization(Policies.Administrators);
        app.MapGet("/people/slips/{key:guid}.pdf",
            (Guid key, IssuedCodesDocument codes, IDocumentEngine engine, IStringLocalizer<PeopleText> words, HttpContext context) =>
                PdfAnswer.WriteAsync(context, words["SlipTitle"], engine, () => codes.ReadAsync(key, context.RequestAborted)))
            .RequireAuthorization(Policies.Administrators).DisableCookieRedirect();
    }
}
