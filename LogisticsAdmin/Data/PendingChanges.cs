using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LogisticsAdmin.Data;

/// <summary>The changes of one write so far. Kept with the write, never in an interceptor, which several contexts would share.</summary>
internal sealed class PendingChanges(IEnumerable<IRowSource> sources, IEnumerable<ISaveStep> steps)
{
    private sealed record Touched(IRowSource Source, object Entity, object? Before);

    private readonly Dictionary<object, Touched> _touched = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<Type, IRowSource> _sources = sources.ToDictionary(s => s.Entity);
    private readonly List<ISaveStep> _steps = [.. steps.Where(s => s.IsActive)];

    public List<Change> Announced { get; } = [];
    public TouchedRows Rows { get; } = new();
    public List<(long PersonId, string Stamp)> RenewedStamps { get; } = [];
    public List<Guid> EndedSessions { get; } = [];

    /// <summary>Added rows that are audited: their ids are known only after the save.</summary>
    public List<(EntityEntry Entry, DateTimeOffset At, long? ActorId)> AddedAudited { get; } = [];

    private long? _act;

    /// <summary>The number of this write's act, above all earlier ones: no other write runs meanwhile.</summary>
    public long Act(LogisticsDb db) => _act ??= (db.Audit.Max(a => (long?)a.Act) ?? 0) + 1;

    /// <summary>Numbers the audit entries that are about to be saved.</summary>
    public void NumberAct(LogisticsDb db)
    {
        foreach (var entry in db.ChangeTracker.Entries<AuditEntry>())
            if (entry is { State: EntityState.Added, Entity.Act: 0 }) entry.Entity.Act = Act(db);
    }

    public List<(ISearchable Entity, EntityState State)> SearchTouched { get; } = [];

    /// <summary>Announces that so many rows of a live list changed that its readers should reload it.</summary>
    public void AnnounceMany(Type entity)
    {
        if (_sources.TryGetValue(entity, out var source) && !Announced.OfType<ManyChanged>().Any(m => m.Row == source.Row))
            Announced.Add(new ManyChanged(source.Row));
    }

    /// <summary>Announces that things of this kind were renamed to the live lists whose rows show their names.</summary>
    public void AnnounceNames(Type entity)
    {
        foreach (var source in _sources.Values.Where(s => s.ShowsNamesOf.Contains(entity))) AnnounceMany(source.Entity);
    }

    /// <summary>Whether the property is part of a thing's name, in either language.</summary>
    public static bool IsName(string property) => property is "Name" or "NameEn";

    public async Task BeforeSaveAsync(LogisticsDb db, CancellationToken ct)
    {
        foreach (var step in _steps)
        {
            var added = db.ChangeTracker.Entries().Where(e => e.State == EntityState.Added && e.Metadata.ClrType == step.Entity).Select(e => e.Entity).ToList();
            if (added.Count > 0) await step.AddedAsync(db, added, ct);
        }
        foreach (var entry in db.ChangeTracker.Entries().ToList())
        {
            if (entry.State is EntityState.Unchanged or EntityState.Detached) continue;
            Rows.Add(entry);
            if (entry is { Entity: Person person, State: EntityState.Modified } && await IsStampRenewedAsync(db, entry, person, ct))
                RenewedStamps.Add((person.Id, person.SecurityStamp!));
            if (IsRenamed(entry)) AnnounceNames(entry.Metadata.ClrType);
            if (entry.Entity is ISearchable searchable && SearchIndex.TextChanged(entry)) SearchTouched.Add((searchable, entry.State));
            if (!_sources.TryGetValue(entry.Metadata.ClrType, out var source) || _touched.ContainsKey(entry.Entity)) continue;
            var before = entry.State == EntityState.Added ? null : await source.ReadAsync(db, ((Versioned)entry.Entity).Id, ct);
            _touched[entry.Entity] = new Touched(source, entry.Entity, before);
        }
    }

    private static bool IsRenamed(EntityEntry entry) => entry.State == EntityState.Modified
        && entry.Properties.Any(p => p.IsModified && IsName(p.Metadata.Name) && !Equals(p.OriginalValue, p.CurrentValue));

    // Identity saves a person whole: after a wrong password the stamp counts as modified, and is the same.
    private static async Task<bool> IsStampRenewedAsync(LogisticsDb db, EntityEntry entry, Person person, CancellationToken ct) =>
        entry.Property(nameof(Person.SecurityStamp)).IsModified
        && await db.Users.Where(p => p.Id == person.Id).Select(p => p.SecurityStamp).FirstOrDefaultAsync(ct) != person.SecurityStamp;

    /// <summary>The changes to publish: each touched row is read once for all subscribers.</summary>
    public async Task<IReadOnlyList<Change>> DescribeAsync(LogisticsDb db, CancellationToken ct)
    {
        List<Change> changes = [];
        foreach (var touched in _touched.Values)
        {
            var rebuilt = touched.Before is { } before && db.Entry(touched.Entity).State == EntityState.Unchanged
                ? touched.Source.RowAfterSave(before, touched.Entity) : null;
            var after = rebuilt ?? await touched.Source.ReadAsync(db, ((Versioned)touched.Entity).Id, ct);
            changes.Add(touched.Source.Describe(touched.Before, after));
        }
        changes.AddRange(Announced);
        return changes;
    }
}
