using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Undo of changes to crews. Categories that got the crew as their default crew get back what they had.</summary>
public sealed class CrewsUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, SettingsWriter writer, IStringLocalizer<SettingsText> words)
    : SettingsUndo<Crew>(databases, user, clock, words, "UndoCrews")
{
    private sealed record Memento(
        string Code, string Name, string NameEn, int? Capacity, long? LeadId, string? Retired, IReadOnlyList<long> Categories,
        IReadOnlyList<long> Buildings, IReadOnlyList<CategoryCrew> Defaults);

    /// <summary>A category that has this crew or none in use as its default crew.</summary>
    private sealed record CategoryCrew(long Id, long? CrewId);

    protected override string Kind => "crews";

    protected override string AddressOf(long id) => "settings/crews";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        Dictionary<long, string> states = [];
        foreach (var crew in await db.Crews.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct))
        {
            var (categories, buildings) = await ListsAsync(db, crew.Id, ct);
            var defaults = await db.Categories.AsNoTracking()
                .Where(c => c.ParentId != null && (c.DefaultCrewId == null || c.DefaultCrewId == crew.Id || c.DefaultCrew!.RetiredAt != null))
                .OrderBy(c => c.Id).Select(c => new CategoryCrew(c.Id, c.DefaultCrewId)).ToListAsync(ct);
            states[crew.Id] = JsonSerializer.Serialize(new Memento(
                crew.Code, crew.Name, crew.NameEn, crew.Capacity, crew.LeadId, crew.RetiredAt is null ? null : crew.RetiredBecause ?? "",
                categories, buildings, defaults));
        }
        return states;
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Crews.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var crew = await db.Crews.FirstAsync(c => c.Id == id, ct);
        await CrewSettings.DemandFreeCodeAsync(db, id, was.Code, ct);
        if (was.LeadId is { } lead && lead != crew.LeadId) await CrewSettings.DemandMemberAsync(db, id, lead, ct);
        if (was.Retired is not null && crew.RetiredAt is null) await CrewSettings.DemandUnusedAsync(db, crew, ct);
        crew.Recode(was.Code);
        crew.Rename(was.Name, was.NameEn);
        crew.SetCapacity(was.Capacity);
        crew.SetLead(was.LeadId);
        SetRetired(crew, was.Retired, now, writer.Me);
        await CrewSettings.SetListsAsync(db, writer, crew, was.Categories, was.Buildings, ct);
        foreach (var had in was.Defaults.Where(d => d.CrewId != id))
        {
            if (await db.Categories.FirstOrDefaultAsync(c => c.Id == had.Id && c.DefaultCrewId == id, ct) is { } category)
                category.SetDefaults(category.DefaultUrgency, had.CrewId, category.Points);
        }
        db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
        Announce(db, id);
    }

    private static async Task<(List<long> Categories, List<long> Buildings)> ListsAsync(LogisticsDb db, long crewId, CancellationToken ct) => (
        await db.CrewCategories.Where(x => x.CrewId == crewId).OrderBy(x => x.CategoryId).Select(x => x.CategoryId).ToListAsync(ct),
        await db.CrewBuildings.Where(x => x.CrewId == crewId).OrderBy(x => x.BuildingId).Select(x => x.BuildingId).ToListAsync(ct));
}
