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

    /// <summary>At most <see cref="AuditFilter.WindowSize"/> matching changes, the newest first, starting behind <paramref name="after"/> if given.</summary>
    public async Task<AuditWindow> ListAsync(AuditFilter filter, AuditCursor? after = null, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        return await ReadAsync(filter, after, AuditFilter.WindowSize, ct);
    }

    /// <summary>The number of matching changes, at most one more than <see cref="AuditFilter.MaxCounted"/>.</summary>
    public async Task<int> CountAsync(AuditFilter filter, CancellationToken ct = default)
    {
        user.Actor.DemandAudit();
        await using var db = await databases.CreateDbContextAsync(ct);
        return await Filtered(db, filter).OrderByDescending(a => a.At).Take(AuditFilter.MaxCounted + 1).CountAsync(ct);
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
        var rows = await DescribeAsync(db, [.. entries.Take(size)], ct);
        return new AuditWindow(rows, entries.Count > size ? new AuditCursor(rows[^1].At, rows[^1].Id) : null);
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
            if (IdOf(entry.Old) is { } old) wanted.Add((target, old));
            if (IdOf(entry.New) is { } now) wanted.Add((target, now));
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
            IdOf(text) is { } id && AuditModel.Target(db.Model, entry.Entity, entry.Field) is { } target
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

    private static long? IdOf(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
