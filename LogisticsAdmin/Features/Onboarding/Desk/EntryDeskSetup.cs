using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Onboarding.Seasons;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Onboarding.Desk;

internal static class EntryDeskSetup
{
    public static IServiceCollection AddEntryDesk(this IServiceCollection services)
    {
        services.AddScoped<EntryBeds>().AddScoped<EntryNotices>().AddScoped<EntryUndo>();
        services.AddScoped<EntryDeskService>().AddScoped<EntryDeskQueries>().AddScoped<EntryBoardQueries>();
        services.AddScoped<BedFillService>().AddScoped<EntryPapers>();
        services.AddScoped<RoomKeyQueries>().AddScoped<RoomKeyService>().AddScoped<RoomKeyUndo>().AddScoped<IPersonSection, KeysOfPerson>();
        foreach (var kind in EntryNotificationKind.All) services.AddSingleton<INotificationKind>(new EntryNotificationKind(kind));
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 25, "onboarding/desk", LocalName.Of<EntryDeskText>("Desk.Title"), "qr", Policies.Office));
        services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 29, RoomKeyAddresses.All, LocalName.Of<EntryDeskText>("RoomKeys.Title"), "keys", Policies.Office));
        return services.AddSingleton<INavigationItem>(new NavigationItem(
            NavigationGroup.PeopleAndPlaces, 26, "onboarding/board", LocalName.Of<EntryDeskText>("Board.Title"), "dashboard", Policies.Office)
        {
            IsCurrent = path => path is "onboarding/board" or "onboarding/fill",
        });
    }

    /// <summary>The lists as files, and what is printed before the students come.</summary>
    public static void MapEntryDesk(this IEndpointRouteBuilder app)
    {
        var office = app.MapGroup("").RequireAuthorization(Policies.Office);
        office.MapExport("onboarding-people").MapGet("", (
            string? list, string? q, [FromQuery(Name = "class")] string? className, string? building, string? sort, EntryBoardQueries board,
            IStringLocalizer<EntryDeskText> words) => new ExportFile<EntryRow>(
                words["Board.People"], EntryExport.People(words), ct => board.AllAsync(EntryFilter.Parse(list, q, className, building, sort), ct)));
        office.MapExport("onboarding-buildings").MapGet("", (EntryBoardQueries board, IStringLocalizer<EntryDeskText> words) => new ExportFile<BoardRow>(
            words["Board.Buildings"], EntryExport.Board(words, words["Field.Building"]), board.BuildingsAsync));
        office.MapExport("onboarding-classes").MapGet("", (EntryBoardQueries board, IStringLocalizer<EntryDeskText> words) => new ExportFile<BoardRow>(
            words["Board.Classes"], EntryExport.Board(words, words["Field.ClassName"]), board.ClassesAsync));
        office.MapExport("onboarding-fill").MapGet("",
            (string? seed, BedFillService fills, IStringLocalizer<EntryDeskText> words) => new ExportFile<BedFillRow>(
                words["Fill.Title"], EntryExport.Preview(words), async ct => (await fills.PreviewAsync(TypedId.Parse(seed) ?? 0, ct)).Rows));
        office.MapExport("onboarding-fills").MapGet("", (BedFillService fills, IStringLocalizer<EntryDeskText> words) => new ExportFile<BedFillItem>(
            words["Fill.Earlier"], EntryExport.Fills(words), fills.ListAsync));
        office.MapExport("room-keys").MapGet("", (string? q, string? state, string? sort, RoomKeyQueries keys, IStringLocalizer<EntryDeskText> words) =>
            new ExportFile<RoomKeyRow>(
                words["RoomKeys.Title"], EntryExport.Keys(words), ct => keys.AllAsync(RoomKeyFilter.Parse(q, state, sort), ct)));
        office.MapGet("/onboarding/door-signs.pdf", (string? building, EntryPapers papers, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, "door-signs", engine, () => papers.DoorSignsAsync(TypedId.Parse(building), context.RequestAborted)))
            .DisableCookieRedirect();
        office.MapGet("/onboarding/rooms.pdf", (
            [FromQuery(Name = "class")] string? className, EntryPapers papers, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, "rooms", engine, () => papers.RoomsAsync(className, context.RequestAborted))).DisableCookieRedirect();
    }
}
