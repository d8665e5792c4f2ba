using System.Text.Json;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>Undo of changes to visit slots. After other hours, the slot comes back and the one that replaced it retires.</summary>
public sealed class SlotsUndo(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, SettingsWriter writer, IStringLocalizer<SettingsText> words)
    : SettingsUndo<VisitSlot>(databases, user, clock, words, "UndoSlots")
{
    private sealed record Memento(SlotDays Days, string? Retired, IReadOnlyList<long> Buildings);

    protected override string Kind => "visit-slots";

    protected override string AddressOf(long id) => "settings/visit-slots";

    protected override async Task<Dictionary<long, string>> StatesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        var slots = await db.VisitSlots.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct);
        var buildings = (await db.VisitSlotBuildings.AsNoTracking().Where(o => ids.Contains(o.SlotId)).OrderBy(o => o.BuildingId).ToListAsync(ct))
            .ToLookup(o => o.SlotId, o => o.BuildingId);
        return slots.ToDictionary(s => s.Id, s => JsonSerializer.Serialize(
            new Memento(s.Days, s.RetiredAt is null ? null : s.RetiredBecause ?? "", [.. buildings[s.Id]])));
    }

    protected override async Task<Dictionary<long, string>> NamesAsync(LogisticsDb db, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        (await db.VisitSlots.AsNoTracking().Where(s => ids.Contains(s.Id)).ToListAsync(ct)).ToDictionary(s => s.Id, s => s.ToString());

    protected override async Task RestoreAsync(LogisticsDb db, long id, string before, DateTimeOffset since, DateTimeOffset now, CancellationToken ct)
    {
        var was = JsonSerializer.Deserialize<Memento>(before)!;
        var slot = await db.VisitSlots.FirstAsync(s => s.Id == id, ct);
        if (was.Retired is null)
        {
            var successor = slot.RetiredBecause == SlotSettings.HoursChanged ? await SuccessorAsync(db, id, ct) : null;
            await SlotSettings.DemandDistinctAsync(db, id, (slot.From, slot.To), was.Days, [.. was.Buildings], ct);
            successor?.Retire(now, writer.Me, SlotSettings.HoursChanged);
            if (slot.RetiredAt is not null) await SlotSettings.RestoreAsync(db, slot, ct);
        }
        else if (slot.RetiredAt is null)
        {
            slot.Retire(now, writer.Me, was.Retired);
        }
        slot.OfferOn(was.Days);
        await SlotSettings.SetBuildingsAsync(db, writer, slot, [.. was.Buildings], was.Buildings, ct);
        Announce(db, id);
    }

    /// <summary>The slot that was added by the write which retired this one.</summary>
    private static async Task<VisitSlot?> SuccessorAsync(LogisticsDb db, long id, CancellationToken ct)
    {
        var act = await db.Audit.Where(a => a.Entity == nameof(VisitSlot) && a.EntityId == id && a.Field == nameof(VisitSlot.RetiredAt))
            .OrderByDescending(a => a.Id).Select(a => (long?)a.Act).FirstOrDefaultAsync(ct);
        var added = await db.Audit.Where(a => a.Act == act && a.Entity == nameof(VisitSlot) && a.EntityId > id).Select(a => a.EntityId)
            .FirstOrDefaultAsync(ct);
        return await db.VisitSlots.Living().FirstOrDefaultAsync(s => s.Id == added, ct);
    }
}
