using LogisticsAdmin.Data;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Places;

/// <summary>First step: campuses, buildings and rooms, typed or imported.</summary>
internal sealed class PlacesStep(IStringLocalizer<PlacesText> words) : ISetupStep
{
    public int Order => 20;
    public string Key => "places";
    public LocalName Title { get; } = LocalName.Of<PlacesText>("FirstStep.Title");
    public LocalName About { get; } = LocalName.Of<PlacesText>("FirstStep.About");
    public IReadOnlyList<SetupLink> Links { get; } =
    [
        new(LocalName.Of<PlacesText>("FirstStep.Enter"), "places"),
        new(LocalName.Of<PlacesText>("FirstStep.ImportBuildings"), "imports/buildings"),
        new(LocalName.Of<PlacesText>("FirstStep.ImportRooms"), "imports/rooms"),
    ];
    public bool IsSuggested => false;
    public bool IsOptional => false;

    public async Task<SetupState> ReadAsync(LogisticsDb db, CancellationToken ct)
    {
        var campuses = await db.Campuses.Living().CountAsync(ct);
        var buildings = await db.Buildings.Living().CountAsync(ct);
        var rooms = await db.Rooms.Living().CountAsync(r => r.Building.RetiredAt == null, ct);
        var empty = await db.Buildings.Living().Where(b => !db.Set<Room>().Any(r => r.BuildingId == b.Id && r.RetiredAt == null)).CountAsync(ct);
        List<string> missing = [];
        if (campuses == 0) missing.Add(words["FirstStep.NoCampus"]);
        if (buildings == 0) missing.Add(words["FirstStep.NoBuilding"]);
        if (rooms == 0) missing.Add(words["FirstStep.NoRoom"]);
        else if (empty > 0) missing.Add(words["FirstStep.EmptyBuildings", empty]);
        return new SetupState(words["FirstStep.Summary", campuses, buildings, rooms], missing);
    }
}
