using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Reading;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>
/// 上门时段: when the office visits rooms, on which weekdays and in which buildings. The office reads, administrators change; anybody else gets
/// <see cref="Forbidden"/>. The hours of a slot never change: other hours are another slot, and open tickets keep the old one.
/// </summary>
public sealed class SlotSettings(IDbContextFactory<LogisticsDb> databases, CurrentUser user, SettingsWriter writer, SlotsUndo undo)
{
    /// <summary>Stored as the reason of a slot that was replaced by one with other hours, and shown in the reader's language.</summary>
    public const string HoursChanged = "hours-changed";

    /// <summary>The audited list of a slot.</summary>
    public const string BuildingsField = "Buildings";

    private static readonly VisitSlotFormValidator Rules = new();
    private static readonly RetireFormValidator RetireRules = new();

    /// <summary>The slots that match the filter, by their hours.</summary>
    public async Task<IReadOnlyList<VisitSlotRow>> ListAsync(SettingsFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        var slots = await db.VisitSlots.AsNoTracking().OrderBy(s => s.From).ThenBy(s => s.To).ThenBy(s => s.Id).ToListAsync(ct);
        var offered = (await (
            from o in db.VisitSlotBuildings
            join b in db.Buildings on o.BuildingId equals b.Id
            orderby b.Id
            select new { o.SlotId, Choice = new Choice(b.Id, new LocalName(b.Name, b.NameEn), b.CampusId) }).ToListAsync(ct))
            .ToLookup(o => o.SlotId, o => o.Choice);
        var open = await db.CurrentTickets.Where(t => t.VisitSlotId != null && TicketStatuses.Open.Contains(t.Status))
            .GroupBy(t => t.VisitSlotId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        return
        [
            .. from s in slots
               where filter.Shows(s.RetiredAt) && filter.Finds([s.Code, s.ToString(), .. offered[s.Id].SelectMany(b => new[] { b.Name.Zh, b.Name.En })])
               select new VisitSlotRow(s.Id, s.Version, s.Code, s.From, s.To, s.Days, [.. offered[s.Id]], open.GetValueOrDefault(s.Id),
                   s.RetiredAt, s.RetiredBecause),
        ];
    }

    /// <summary>How many open tickets have the slot, and keep it.</summary>
    public async Task<int> CountOpenAsync(long slotId, CancellationToken ct = default)
    {
        user.Actor.DemandOffice();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.CurrentTickets.CountAsync(t => t.VisitSlotId == slotId && TicketStatuses.Open.Contains(t.Status), ct);
    }

    /// <summary>
    /// Adds a slot (<paramref name="id"/> null) or changes one, and returns the id of the slot with these hours: other hours retire the slot and
    /// add a new one. Refuses hours that another slot already offers on one of the days in one of the buildings. Throws <see cref="Stale"/> if
    /// it changed since the form was opened.
    /// </summary>
    public Task<long> SaveAsync(long? id, VisitSlotForm form, CancellationToken ct = default)
    {
        Rules.Demand(form);
        return id is { } known
            ? writer.RunAsync("visit slot changed", undo, SettingAct.Edit, known, (db, token) => ChangeAsync(db, known, form, token), ct)
            : writer.RunAsync("visit slot added", async (db, token) =>
            {
                var buildings = form.Buildings.Distinct().ToList();
                await DemandDistinctAsync(db, null, (form.From!.Value, form.To!.Value), form.Days, buildings, token);
                return await AddAsync(db, form, buildings, [], token);
            }, ct);
    }

    /// <summary>停用: no longer offered; tickets keep it.</summary>
    public Task RetireAsync(long id, RetireForm form, CancellationToken ct = default)
    {
        RetireRules.Demand(form);
        return writer.RunAsync("visit slot retired", undo, SettingAct.Retire, id, async (db, token) =>
        {
            var slot = await FindAsync(db, id, token);
            if (slot.RetiredAt is not null) throw Rejected.Because<SettingsText>("AlreadyRetired", slot);
            slot.Retire(writer.Now, writer.Me, CleanText.Clean(form.Reason));
            return id;
        }, ct);
    }

    /// <summary>恢复: offered again, unless another slot offers the same meanwhile.</summary>
    public Task RestoreAsync(long id, CancellationToken ct = default) =>
        writer.RunAsync("visit slot restored", undo, SettingAct.Restore, id, async (db, token) =>
        {
            var slot = await FindAsync(db, id, token);
            if (slot.RetiredAt is null) throw Rejected.Because<SettingsText>("NotRetired", slot);
            var buildings = await db.VisitSlotBuildings.Where(o => o.SlotId == id).Select(o => o.BuildingId).ToListAsync(token);
            await DemandDistinctAsync(db, id, (slot.From, slot.To), slot.Days, buildings, token);
            await RestoreAsync(db, slot, token);
            return id;
        }, ct);

    /// <summary>Takes a slot back into use, with another code where a slot in use has its own.</summary>
    internal static async Task RestoreAsync(LogisticsDb db, VisitSlot slot, CancellationToken ct)
    {
        if (await db.VisitSlots.Living().AnyAsync(s => s.Code == slot.Code, ct)) slot.Recode(await FreeCodeAsync(db, slot.From, slot.To, ct));
        slot.Restore();
    }

    private async Task<long> ChangeAsync(LogisticsDb db, long id, VisitSlotForm form, CancellationToken ct)
    {
        var (from, to, buildings) = (form.From!.Value, form.To!.Value, form.Buildings.Distinct().ToList());
        await DemandDistinctAsync(db, id, (from, to), form.Days, buildings, ct);
        var slot = await FindAsync(db, id, ct);
        if (slot.Version != form.Version) throw new Stale(await db.LastChangedByAsync<VisitSlot>(id, ct), slot.ToString());
        if (slot.RetiredAt is not null) throw Rejected.Because<SettingsText>("AlreadyRetired", slot);
        if ((slot.From, slot.To) != (from, to))
        {
            slot.Retire(writer.Now, writer.Me, HoursChanged);
            // The retired slot first: living ones have codes of their own.
            await db.SaveChangesAsync(ct);
            var kept = await db.VisitSlotBuildings.Where(o => o.SlotId == id).Select(o => o.BuildingId).ToListAsync(ct);
            return await AddAsync(db, form, buildings, kept, ct);
        }
        slot.OfferOn(form.Days);
        await SetBuildingsAsync(db, writer, slot, buildings, [], ct);
        return id;
    }

    private static async Task<VisitSlot> FindAsync(LogisticsDb db, long id, CancellationToken ct) =>
        await db.VisitSlots.FirstOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound();

    private async Task<long> AddAsync(LogisticsDb db, VisitSlotForm form, List<long> buildings, IReadOnlyCollection<long> kept, CancellationToken ct)
    {
        var slot = new VisitSlot(await FreeCodeAsync(db, form.From!.Value, form.To!.Value, ct), form.From.Value, form.To.Value);
        slot.OfferOn(form.Days);
        db.VisitSlots.Add(slot);
        await db.SaveChangesAsync(ct);
        await SetBuildingsAsync(db, writer, slot, buildings, kept, ct);
        return slot.Id;
    }

    /// <param name="db">The database of the write.</param>
    /// <param name="writer">Audits the list.</param>
    /// <param name="slot">The slot, already stored.</param>
    /// <param name="buildings">Where it is offered from now on.</param>
    /// <param name="kept">Where the slot that it replaces was offered: these may be retired.</param>
    /// <param name="ct">Cancels the write.</param>
    internal static async Task SetBuildingsAsync(
        LogisticsDb db, SettingsWriter writer, VisitSlot slot, List<long> buildings, IReadOnlyCollection<long> kept, CancellationToken ct)
    {
        var stored = await db.VisitSlotBuildings.Where(o => o.SlotId == slot.Id).ToListAsync(ct);
        long[] before = [.. stored.Select(o => o.BuildingId)];
        var codes = await SettingsWriter.BuildingCodesAsync(db, [.. before, .. kept], buildings, nameof(VisitSlotForm.Buildings), ct);
        writer.Audit(db, slot, BuildingsField, before.Select(id => codes[id]), buildings.Select(id => codes[id]));
        db.VisitSlotBuildings.RemoveRange(stored.Where(o => !buildings.Contains(o.BuildingId)));
        db.VisitSlotBuildings.AddRange(buildings.Where(id => !before.Contains(id)).Select(id => new VisitSlotBuilding(slot.Id, id)));
    }

    /// <summary>Nobody could tell two slots apart that have the same hours on one day in one building.</summary>
    internal static async Task DemandDistinctAsync(
        LogisticsDb db, long? id, (TimeOnly From, TimeOnly To) hours, SlotDays days, List<long> buildings, CancellationToken ct)
    {
        var (from, to) = hours;
        var others = await db.VisitSlots.AsNoTracking().Living().Where(s => s.Id != id && s.From == from && s.To == to).ToListAsync(ct);
        foreach (var other in others.Where(o => (o.Days & days) != SlotDays.None))
        {
            var theirs = await db.VisitSlotBuildings.Where(o => o.SlotId == other.Id).Select(o => o.BuildingId).ToListAsync(ct);
            if (theirs.Count == 0 || buildings.Count == 0 || theirs.Intersect(buildings).Any())
                throw Rejected.At<SettingsText>(nameof(VisitSlotForm.From), "SameSlot", other);
        }
    }

    /// <summary>A code such as 0800-1000, with a number behind it where a living slot has that.</summary>
    private static async Task<string> FreeCodeAsync(LogisticsDb db, TimeOnly from, TimeOnly to, CancellationToken ct)
    {
        var code = FormattableString.Invariant($"{from:HHmm}-{to:HHmm}");
        var taken = await db.VisitSlots.Living().Where(s => s.Code.StartsWith(code)).Select(s => s.Code).ToListAsync(ct);
        return Enumerable.Range(2, taken.Count + 1).Select(n => FormattableString.Invariant($"{code}-{n}")).Prepend(code).First(c => !taken.Contains(c));
    }
}
