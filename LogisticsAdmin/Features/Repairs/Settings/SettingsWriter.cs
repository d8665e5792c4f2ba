using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Undo;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Repairs.Settings;

/// <summary>What all changes of settings share: only administrators make them, open pages hear of them, and lists in them are audited.</summary>
public sealed class SettingsWriter(IDbContextFactory<LogisticsDb> databases, CurrentUser user, TimeProvider clock, ILogger<SettingsWriter> log)
{
    public DateTimeOffset Now => clock.GetUtcNow();

    public long Me => user.PersonId;

    /// <summary>Runs a change in one write and returns what it returns, the id of what changed.</summary>
    public async Task<long> RunAsync(string what, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var id = await db.WriteAsync(async token =>
        {
            user.Actor.DemandSettingsChange();
            var changed = await work(db, token);
            db.Announce(new KeyChanged(RepairSettings.Topic, changed));
            return changed;
        }, ct);
        log.SettingsChanged(what, id, user.ActorOrNull?.PersonId);
        return id;
    }

    /// <summary>As the other, and offers to undo what it did to this thing.</summary>
    internal async Task<long> RunAsync(
        string what, StepUndo undo, SettingAct act, long id, Func<LogisticsDb, CancellationToken, Task<long>> work, CancellationToken ct)
    {
        long? step = null;
        var changed = await RunAsync(what, async (db, token) =>
        {
            var result = id;
            step = await undo.RecordAsync(db, act.ToString(), [id], async () => result = await work(db, token), token);
            return result;
        }, ct);
        undo.Offer(step);
        return changed;
    }

    /// <summary>
    /// Writes one audit entry for a changed list, with the codes before and after, and raises the version of what owns the list, so that
    /// somebody else's older form is refused.
    /// </summary>
    internal void Audit<T>(LogisticsDb db, T owner, string field, IEnumerable<string> before, IEnumerable<string> after) where T : Versioned
    {
        var (old, now) = (Joined(before), Joined(after));
        if (old == now) return;
        if (db.Entry(owner).State == EntityState.Unchanged) db.Entry(owner).Property(o => o.Version).IsModified = true;
        db.Audit.Add(new AuditEntry { Entity = typeof(T).Name, EntityId = owner.Id, Field = field, Old = old, New = now, At = Now, ActorId = Me });
    }

    /// <summary>The codes of these buildings. Refuses, at the field, one that does not exist; a retired one only where it is new.</summary>
    internal static async Task<Dictionary<long, string>> BuildingCodesAsync(
        LogisticsDb db, IReadOnlyCollection<long> before, IReadOnlyCollection<long> after, string field, CancellationToken ct)
    {
        long[] ids = [.. before.Union(after)];
        var known = await db.Buildings.AsNoTracking().Where(b => ids.Contains(b.Id)).Select(b => new { b.Id, b.Code, b.RetiredAt }).ToListAsync(ct);
        if (after.Any(id => !known.Any(b => b.Id == id && (b.RetiredAt is null || before.Contains(id)))))
            throw Rejected.At<SettingsText>(field, "UnknownBuilding");
        return known.ToDictionary(b => b.Id, b => b.Code);
    }

    /// <summary>The names for a message, at most five.</summary>
    internal static string Names(IReadOnlyCollection<LocalName> names)
    {
        const int shown = 5;
        var list = string.Join(Languages.IsChinese(System.Globalization.CultureInfo.CurrentUICulture) ? "、" : ", ", names.Take(shown));
        return names.Count > shown ? $"{list} …" : list;
    }

    private static string? Joined(IEnumerable<string> codes) =>
        string.Join(", ", codes.Order(StringComparer.Ordinal)) is { Length: > 0 } joined ? joined : null;
}
