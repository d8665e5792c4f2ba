using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Undo of changes to categories and their groups; moving one up or down is taken back by moving it again.</summary>
public sealed class CategoriesUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, SettingsWriter writer, ServiceClockCache clocks,
    IStringLocalizer<SettingsText> words) : SettingsUndo<Category>(databases, user, clock, words, "UndoCategories")
{
    private sealed record Memento(
        string Code, string Name, string NameEn, string PlainName, string PlainNameEn, long? ParentId, int Position, Urgency Urgency, long? CrewId,
        int Points, string? Retired);

    protected override string Kind => "categories";

    protected override string AddressOf(long id) => "settings/categories";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var categories = await db.Categories.AsNoTracking().Where(c => ids.Contains(c.Id)).ToListAsync(ct);
        return categories.ToDictionary(c => c.Id, c => JsonSerializer.Serialize(new Memento(
            c.Code, c.Name, c.NameEn, c.PlainName, c.PlainNameEn, c.ParentId, c.Position, c.DefaultUrgency, c.DefaultCrewId, c.Points,
            c.RetiredAt is null ? null : c.RetiredBecause ?? "")));
    }

    protected override Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        db.Categories.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var category = await db.Categories.Include(c => c.Parent).Include(c => c.DefaultCrew).FirstAsync(c => c.Id == id, ct);
        await CategorySettings.DemandFreeCodeAsync(db, id, was.Code, ct);
        await CategorySettings.DemandCrewAsync(db, category, was.CrewId, ct);
        if (was.ParentId is { } group && group != category.ParentId) await CategorySettings.DemandMoveAsync(db, category, group, ct);
        if (was.Retired is null && category.RetiredAt is not null) CategorySettings.DemandRestorable(category);
        if (was.Retired is not null && category.RetiredAt is null) await CategorySettings.DemandUnusedAsync(db, category, ct);
        category.Recode(was.Code);
        category.Rename(was.Name, was.NameEn);
        category.SetPlainName(was.PlainName, was.PlainNameEn);
        category.SetDefaults(was.Urgency, was.CrewId, was.Points);
        category.Place(was.ParentId, was.Position);
        SetRetired(category, was.Retired, now, writer.Me);
        db.Announce(new KeyChanged(ServiceLevelService.Topic, 0));
        Announce(db, id);
    }

    // The clocks know the groups of categories.
    protected override async Task RefreshAsync() => await clocks.RefreshAsync(CancellationToken.None);
}
