using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Inbox;

public static class InboxEndpoints
{
    private const string Messages = "my/messages";

    /// <summary>
    /// Opens a message: marks it as read and redirects to its subject, or to the list of messages when the subject can't be opened.
    /// </summary>
    public static string AddressOf(InboxLine line) => FormattableString.Invariant($"{Messages}/{line.Id}");

    public static void MapInbox(this IEndpointRouteBuilder app)
    {
        app.MapGet($"/{Messages}/{{id:long}}", OpenAsync).RequireAuthorization();
        app.MapExport("messages").MapGet("", (InboxService inbox, IStringLocalizer<InboxText> words) =>
            new ExportFile<InboxLine>(words["Title"], Columns(words), inbox.AllAsync)).RequireAuthorization();
    }

    private static IReadOnlyList<ExportColumn<InboxLine>> Columns(IStringLocalizer words) =>
    [
        new(words["Column.At"], m => m.At, ColumnFormat.Moment),
        new(words["Column.Text"], m => m.Text.ToString()),
        new(words["Column.Subject"], m => m.Named),
        new(words["Column.About"], m => m.About?.ToString()),
        new(words["Column.State"], m => words[m.Read ? "PersonSection.Read" : "PersonSection.Unread"].Value),
    ];

    private static async Task<IResult> OpenAsync(long id, HttpRequest request, InboxService inbox, CancellationToken ct)
    {
        try
        {
            return Results.LocalRedirect($"~/{await inbox.OpenAsync(id, IsOpenedByTheReader(request), ct) ?? Messages}");
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    /// <summary>Prefetching and links on other sites must not mark messages as read. Old browsers send neither header.</summary>
    private static bool IsOpenedByTheReader(HttpRequest request) =>
        !request.Headers.ContainsKey("Sec-Purpose") && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin" or "none";
}
