using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;

namespace LogisticsAdmin.Features.Audit;

/// <summary>
/// The audit log: who changed what when, the old and the new value. Administrators read it; everybody else is refused as Forbidden. Only the
/// write gate adds to it.
/// </summary>
public sealed class AuditService(IDbContextFactory<LogisticsDb> databases, CurrentUser user, EntityNames names, OfficeTime office)
{
    private const int ExportStep = 1_000;

    private static readonly LocalName SystemActor = LocalName.Of<AuditText>("System");

    /// <summary>Every audited entity and its fields.</summary>
    public async Task<IReadOnlyList<AuditKind>> KindsAsync(CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        await using var db = await databases.CreateDbContextAsync(ct);
        return AuditModel.Kinds(db.Model);
    }

    /// <summary>
    /// At most <see cref="AuditFilter.WindowSize"/> acts with a matching change, the newest first, starting behind the act
    /// <paramref name="after"/> if given.
    /// </summary>
    public async Task<AuditActWindow> ListAsync(AuditFilter filter, long? after = null, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Filtered(db, filter);
        if (after is not null) found = found.Where(a => a.Act < after);
        var acts = await found.GroupBy(a => a.Act).OrderByDescending(g => g.Key).Take(AuditFilter.WindowSize + 1)
            .Select(g => new FoundAct(g.Key, g.Min(a => a.Id))).ToListAsync(ct);
        var shown = await TellAsync(db, filter, [.. acts.Take(AuditFilter.WindowSize)], ct);
        return new AuditActWindow(shown, acts.Count > AuditFilter.WindowSize ? shown[^1].Id : null);
    }

    /// <summary>The number of acts with a matching change, at most one more than <see cref="AuditFilter.MaxCounted"/>.</summary>
    public async Task<int> CountAsync(AuditFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Filtered(db, filter).Select(a => a.Act).Distinct().OrderByDescending(a => a).Take(AuditFilter.MaxCounted + 1).CountAsync(ct);
    }

    /// <summary>The matching changed fields of one act in the order in which they were stored, at most <see cref="AuditFilter.WindowSize"/>.</summary>
    public async Task<AuditWindow> FieldsAsync(long act, AuditFilter filter, AuditCursor? after = null, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Filtered(db, filter).Where(a => a.Act == act);
        if (after is not null) found = found.Where(a => a.Id > after.Id);
        var entries = await found.OrderBy(a => a.Id).Take(AuditFilter.WindowSize + 1).ToListAsync(ct);
        return Window(await DescribeAsync(db, [.. entries.Take(AuditFilter.WindowSize)], ct), hasMore: entries.Count > AuditFilter.WindowSize);
    }

    /// <summary>All matching changes, the newest first, read in steps. The reader's rights are checked again at each step.</summary>
    public IAsyncEnumerable<AuditRow> AllAsync(AuditFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        return StepsAsync(filter, ct);
    }

    private async IAsyncEnumerable<AuditRow> StepsAsync(AuditFilter filter, [EnumeratorCancellation] CancellationToken ct)
    {
        AuditCursor? after = null;
        do
        {
            user.Actor.DemandAudit();
            var window = await ReadAsync(filter, after, ExportStep, ct);
            foreach (var row in window.Items) yield return row;
            after = window.Next;
        }
        while (after is not null);
    }

    private async Task<AuditWindow> ReadAsync(AuditFilter filter, AuditCursor? after, int size, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = Filtered(db, filter);
        if (after is not null) found = found.Where(a => a.At <= after.At && (a.At < after.At || a.Id < after.Id));
        var entries = await found.OrderByDescending(a => a.At).ThenByDescending(a => a.Id).Take(size + 1).ToListAsync(ct);
        return Window(await DescribeAsync(db, [.. entries.Take(size)], ct), hasMore: entries.Count > size);
    }

    private static AuditWindow Window(IReadOnlyList<AuditRow> rows, bool hasMore) =>
        new(rows, hasMore ? new AuditCursor(rows[^1].At, rows[^1].Id) : null);

    private async Task<IReadOnlyList<AuditAct>> TellAsync(LogisticsDb db, AuditFilter filter, IReadOnlyList<FoundAct> acts, CancellationToken ct)
    {
        var numbers = acts.Select(a => a.Act).ToList();
        // The entries of an act have successive ids, so this reads a few rows by id even of an import of thousands.
        var ids = acts.SelectMany(a => Enumerable.Range(0, AuditFilter.ToldFields).Select(n => a.First + n)).ToList();
        var entries = await db.Audit.AsNoTracking().Where(a => ids.Contains(a.Id)).OrderBy(a => a.Id).ToListAsync(ct);
        var things = await db.Audit.Where(a => numbers.Contains(a.Act)).Select(a => new { a.Act, a.Entity, a.EntityId }).Distinct()
            .GroupBy(a => a.Act).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var firsts = acts.ToDictionary(a => a.Act, a => a.First);
        var ofActs = entries.Where(e => firsts.TryGetValue(e.Act, out var first) && e.Id >= first)
            .GroupBy(e => e.Act).ToDictionary(g => g.Key, g => g.ToList());
        foreach (var (act, replacing) in await ReplacementsAsync(db, filter, ofActs, ct))
        {
            ofActs[act] = replacing;
            things[act]--;
        }

        var told = acts.Select(a => ofActs[a.Act].Where(e => IsTold(e, ofActs[a.Act][0], filter))).SelectMany(e => e).ToList();
        var rows = (await DescribeAsync(db, told, ct)).Zip(told).ToLookup(r => r.Second.Act, r => r.First);
        return [.. acts.Select(a => new AuditAct(
            a.Act, rows[a.Act].First().At, rows[a.Act].First().Actor, AuditModel.VerbOf(db.Model, ofActs[a.Act]), [.. rows[a.Act]], things[a.Act]))];
    }

    private static bool IsTold(AuditEntry entry, AuditEntry first, AuditFilter filter) =>
        entry.Entity == first.Entity && entry.EntityId == first.EntityId && (filter.Field is null || filter.Field == entry.Field);

    /// <summary>For acts that replaced a thing by a new one: the fields in which they differ, as entries of the new one.</summary>
    private async Task<IReadOnlyList<(long Act, List<AuditEntry> Entries)>> ReplacementsAsync(
        LogisticsDb db, AuditFilter filter, Dictionary<long, List<AuditEntry>> acts, CancellationToken ct)
    {
        List<(long, List<AuditEntry>)> replaced = [];
        if (filter.Field is not null) return replaced;
        foreach (var kind in acts.Values.SelectMany(e => e).Select(e => e.Entity).Distinct().Select(e => AuditModel.Find(db.Model, e)))
        {
            if (kind is null || names.ReplacementOf(db, kind) is not { } replacement) continue;
            var ids = acts.Values.SelectMany(e => e).Where(e => e.Entity == kind.ClrType.Name && e.Old is null).Select(e => e.EntityId).Distinct().ToList();
            foreach (var pair in await replacement.Pairs.Where(p => ids.Contains(p.Id)).ToListAsync(ct))
            {
                var (act, entries) = acts.First(a => a.Value.Exists(e => e.Entity == kind.ClrType.Name && e.EntityId == pair.Id));
                var (was, now) = (await db.FindAsync(kind.ClrType, [pair.ReplacedId], ct), await db.FindAsync(kind.ClrType, [pair.Id], ct));
                List<AuditEntry> differences =
                [
                    .. from field in replacement.Fields
                       let property = kind.FindProperty(field)!.PropertyInfo!
                       let before = AuditTrail.Text(property.GetValue(was))
                       let after = AuditTrail.Text(property.GetValue(now))
                       where before != after
                       select new AuditEntry
                       {
                           Act = act,
                           Entity = kind.ClrType.Name,
                           EntityId = pair.Id,
                           Field = field,
                           Old = before,
                           New = after,
                           At = entries[0].At,
                           ActorId = entries[0].ActorId,
                       },
                ];
                if (differences.Count > 0) replaced.Add((act, differences));
            }
        }
        return replaced;
    }

    private async Task<IReadOnlyList<AuditRow>> DescribeAsync(LogisticsDb db, IReadOnlyList<AuditEntry> entries, CancellationToken ct)
    {
        var person = AuditModel.Find(db.Model, nameof(Person))!;
        HashSet<(IEntityType Kind, long Id)> wanted = [];
        foreach (var entry in entries)
        {
            if (AuditModel.Find(db.Model, entry.Entity) is { } kind) wanted.Add((kind, entry.EntityId));
            if (entry.ActorId is { } actor) wanted.Add((person, actor));
            if (AuditModel.Target(db.Model, entry.Entity, entry.Field) is not { } target) continue;
            if (TypedId.Parse(entry.Old) is { } old) wanted.Add((target, old));
            if (TypedId.Parse(entry.New) is { } now) wanted.Add((target, now));
        }
        Dictionary<IEntityType, Dictionary<long, LocalName>> found = [];
        foreach (var kind in wanted.GroupBy(w => w.Kind, w => w.Id)) found[kind.Key] = await names.ReadAsync(db, kind.Key, kind, ct);
        return [.. entries.Select(entry => new AuditRow(
            entry.Id, entry.At, entry.ActorId, entry.ActorId is { } actor ? Name(person, actor).Zh : null,
            entry.Entity, entry.EntityId, Name(AuditModel.Find(db.Model, entry.Entity), entry.EntityId),
            entry.Field, Value(entry, entry.Old), Value(entry, entry.New)))];

        LocalName Name(IEntityType? kind, long id) =>
            kind is not null && found[kind].TryGetValue(id, out var name) ? name : new LocalName(string.Create(CultureInfo.InvariantCulture, $"#{id}"), "");

        object? Value(AuditEntry entry, string? text) =>
            TypedId.Parse(text) is { } id && AuditModel.Target(db.Model, entry.Entity, entry.Field) is { } target
                ? Name(target, id) : AuditModel.Value(db.Model, entry.Entity, entry.Field, text);
    }

    private IQueryable<AuditEntry> Filtered(LogisticsDb db, AuditFilter filter)
    {
        var found = db.Audit.AsNoTracking();
        if (filter.Entity is { } entity) found = found.Where(a => a.Entity == entity);
        if (filter.Field is { } field) found = found.Where(a => a.Field == field);
        if (filter.From is { } from)
        {
            var start = office.At(from, TimeOnly.MinValue);
            found = found.Where(a => a.At >= start);
        }
        if (filter.To is { } to)
        {
            var end = office.At(to.AddDays(1), TimeOnly.MinValue);
            found = found.Where(a => a.At < end);
        }
        if (filter.Who is { } who) found = ByWhom(db, found, who);
        if (filter.ThingId is { } id) found = found.Where(a => a.EntityId == id);
        else if (filter.Thing is { } thing) found = found.Where(Named(db, filter.Entity, thing));
        return found;
    }

    private static IQueryable<AuditEntry> ByWhom(LogisticsDb db, IQueryable<AuditEntry> found, string who)
    {
        if (who == SystemActor.Zh || who.Equals(SystemActor.En, StringComparison.OrdinalIgnoreCase)) return found.Where(a => a.ActorId == null);
        var people = EntityNames.Matching(EntityNames.People(db), who).Select(id => (long?)id);
        return found.Where(a => people.Contains(a.ActorId));
    }

    /// <summary>Changes of things with this name, of one entity or of any that has names.</summary>
    private Expression<Func<AuditEntry, bool>> Named(LogisticsDb db, string? only, string thing)
    {
        Expression<Func<AuditEntry, bool>>? any = null;
        foreach (var kind in AuditModel.Entities(db.Model).Where(k => only is null || k.ClrType.Name == only))
        {
            if (names.Of(db, kind) is not { } called) continue;
            var ids = EntityNames.Matching(called, thing);
            var entity = kind.ClrType.Name;
            Expression<Func<AuditEntry, bool>> these = a => a.Entity == entity && ids.Contains(a.EntityId);
            any = any is null ? these : Expression.Lambda<Func<AuditEntry, bool>>(
                Expression.OrElse(any.Body, ReplacingExpressionVisitor.Replace(these.Parameters[0], any.Parameters[0], these.Body)), any.Parameters);
        }
        return any ?? (a => false);
    }

    /// <summary>An act, and the first of its entries that matches.</summary>
    private sealed record FoundAct(long Act, long First);
}
