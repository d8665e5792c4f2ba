using LogisticsAdmin.Features.Places.Beds;
using LogisticsAdmin.Features.Places.Rooms;
using LogisticsAdmin.Security;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places;

public static class PlacesEndpoints
{
    /// <summary>
    /// Rooms and buildings as files, which their imports read back; filtered by the same query string as the page of places. Retired rooms are
    /// marked, and they are in the file only when the page lists them.
    /// </summary>
    public static void MapPlaces(this IEndpointRouteBuilder app)
    {
        app.MapExport("rooms").MapGet("", (HttpRequest request, PlacesQueries places, IStringLocalizer<PlacesText> words) =>
        {
            var filter = PlacesFilter.Read(request.QueryString.Value ?? "");
            return new ExportFile<RoomRow>(
                words["Import.Name"], Columns(words, filter.State == RoomFilter.Retired), ct => places.RoomsAsync(filter, ct));
        }).RequireAuthorization(Policies.Management);
        app.MapExport("buildings").MapGet("", (HttpRequest request, PlacesQueries places, IStringLocalizer<PlacesText> words) =>
        {
            var campus = PlacesFilter.Read(request.QueryString.Value ?? "").CampusId;
            return new ExportFile<BuildingRow>(words["Import.Buildings"], BuildingColumns(words), ct => places.BuildingsAsync(campus, ct));
        }).RequireAuthorization(Policies.Management);
        app.MapBeds();
        app.MapRoomPages();
    }

    internal static IReadOnlyList<ExportColumn<RoomRow>> Columns(IStringLocalizer words, bool marksRetired = false)
    {
        IReadOnlyList<ExportColumn<RoomRow>> columns =
        [
            new(words["Column.campus"], r => r.Campus.ToString()),
            new(words["Column.building"], r => r.Building.ToString()),
            new(words["Column.floor"], r => r.Floor, ColumnFormat.Whole),
            new(words["Column.room"], r => r.Code),
            new(words["Column.name"], r => r.Name),
            new(words["Column.name-en"], r => r.NameEn),
            new(words["Column.kind"], r => words[$"RoomKind.{r.Kind}"].Value),
            new(words["Column.area"], r => r.Area, ColumnFormat.Amount),
            new(words["Column.capacity"], r => r.Capacity, ColumnFormat.Whole),
            new(words["Column.beds"], r => r.Beds, ColumnFormat.Whole),
        ];
        return marksRetired ? [.. columns, new(words["State"], r => words[r.IsRetired ? "RoomState.Retired" : "InUse"].Value)] : columns;
    }

    internal static IReadOnlyList<ExportColumn<BuildingRow>> BuildingColumns(IStringLocalizer words) =>
    [
        new(words["Column.campus-code"], b => b.CampusCode),
        new(words["Column.building-campus"], b => b.Campus.ToString()),
        new(words["Column.building-code"], b => b.Code),
        new(words["Column.building-name"], b => b.Name),
        new(words["Column.building-name-en"], b => b.NameEn),
        new(words["Column.building-kind"], b => words[$"BuildingKind.{b.Kind}"].Value),
    ];
}
