using LogisticsAdmin.Registries;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Places;

/// <summary>Buildings and rooms in the search box, for the office: a building opens among the places, a room on its own page.</summary>
internal sealed class PlaceSearch(PlacesQueries places) : ISearchProvider
{
    private const int MaxBuildings = 3;

    public int Order => 25;
    public string Kind => "place";
    public IReadOnlyList<LocalName> SearchedBy { get; } = [LocalName.Of<PlacesText>("SearchedBy.Building")];
    public int MaxHits => 12;
    public int MaxHitsBesideOthers => 5;

    public bool IsFor(Actor actor) => actor.MaySeePlaces();

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string typed, int take, CancellationToken ct = default)
    {
        var buildings = await places.FindBuildingsAsync(typed, Math.Min(take, MaxBuildings), ct);
        // What names a building finds all its rooms, too.
        var rooms = buildings.Count > 0 ? [] : await places.FindRoomsAsync(typed, take, ct);
        return
        [
            .. buildings.Select(b => new SearchHit($"places?building={b.Id}", $"building-{b.Id}", null, b.Name.ToString(), b.Campus.ToString())),
            .. rooms.Select(r => new SearchHit($"places/rooms/{r.Id}", $"room-{r.Id}", null, r.ToString(), LocalName.Of<PlacesText>("RoomPage").ToString())),
        ];
    }
}
