using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Places.Rooms;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places;

public static class PlacesEndpoints
{
    /// <summary>All rooms as a file, which the import of rooms reads back; the pages and lists of the parts of the slice.</summary>
    public static void MapPlaces(this IEndpointRouteBuilder app)
    {
        app.MapExport("rooms", (PlacesQueries places, IStringLocalizer<PlacesText> words) =>
            new ExportFile<RoomRow>(words["Import.Name"], Columns(words), places.RoomsAsync)).RequireAuthorization(Policies.Management);
        app.MapBeds();
        app.MapRoomPages();
    }

    internal static IReadOnlyList<ExportColumn<RoomRow>> Columns(IStringLocalizer words) =>
    [
        new(words["Column.campus"], r => r.Campus.ToString()),
        new(words["Column.building"], r => r.Building.ToString()),
        new(words["Column.floor"], r => r.Floor, ColumnFormat.Whole),
        new(words["Column.room"], r => r.Code),
        new(words["Column.name-en"], r => r.NameEn),
        new(words["Column.beds"], r => r.Beds, ColumnFormat.Whole),
    ];
}
