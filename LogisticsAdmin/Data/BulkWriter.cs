using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Data;

/// <summary>
/// Writes thousands of rows at once, without the change tracker. Works inside <see cref="LogisticsDb.WriteAsync{T}"/> and shares its
/// transaction: rows, search index, audit entries, and one <see cref="Live.ManyChanged"/> per live list on commit. It holds the write
/// gate for as long as it runs, so it is for imports and demo data, never for a single verb.
/// </summary>
public sealed class BulkWriter(LogisticsDb db) : IDisposable
{
    private readonly IBulkCommands _commands = db.Services.Engine.BulkCommands(db);

    /// <summary>The id that the next row of this kind will get; the following rows are numbered in the order they are added.</summary>
    public long NextId<T>() where T : class => _commands.NextId(Table(typeof(T)));

    /// <summary>
    /// Stores new rows in their order, sets their ids and version 1, and stores their children (a ticket's events) likewise.
    /// What they reference must be stored already. The objects themselves are not tracked.
    /// </summary>
    public void Add<T>(IEnumerable<T> rows, CancellationToken ct = default) where T : class => Insert(Table(typeof(T)), rows, ct);

    /// <summary>As <see cref="Add{T}"/>, without audit entries: for callers that write one entry for all rows together.</summary>
    public void AddUnaudited<T>(IEnumerable<T> rows, CancellationToken ct = default) where T : class =>
        Insert(Table(typeof(T)), rows, ct, withoutAudit: true);

    /// <summary>
    /// Stores these properties of rows that were read without tracking, and raises their versions. If one was changed since it was read,
    /// all are refused. Not for entities that are audited field by field.
    /// </summary>
    public void Update<T>(IEnumerable<T> rows, IReadOnlyList<string> properties, CancellationToken ct = default) where T : Versioned
    {
        if (typeof(IAudited).IsAssignableFrom(typeof(T))) throw new NotSupportedException($"{typeof(T).Name} is audited by field: use Change.");
        var table = Table(typeof(T));
        var update = _commands.Update(table, [.. properties.Select(p => table.Columns.Single(c => c.Property.Name == p))]);
        var any = false;
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            if (!update(row, row.Id, row.Version)) throw new DbUpdateConcurrencyException($"{typeof(T).Name} {row.Id} was changed meanwhile.");
            any = true;
        }
        if (any) db.AnnounceMany(typeof(T));
    }

    /// <summary>
    /// Changes rows that were read without tracking and stores what differs: columns, raised version, audit entries and search text.
    /// Returns how many rows differed. If one was changed since it was read, all are refused.
    /// </summary>
    public int Change<T>(IEnumerable<T> rows, Action<T> change, CancellationToken ct = default) where T : class
    {
        var table = Table(typeof(T));
        var columns = table.Columns;
        var idColumn = columns.Single(c => c.Property == table.Id!.Value.Property);
        var versionColumn = columns.Single(c => c.Property.Name == nameof(Versioned.Version));
        var audited = typeof(IAudited).IsAssignableFrom(typeof(T));
        var (storedBefore, before) = (new object[columns.Count], new object?[columns.Count]);
        List<AuditEntry> audit = [];
        var (changed, renamed) = (0, false);
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            for (var c = 0; c < columns.Count; c++) (storedBefore[c], before[c]) = (columns[c].Stored(row), columns[c].Read(row));
            change(row);
            List<int> different = [.. Enumerable.Range(0, columns.Count).Where(c => !storedBefore[c].Equals(columns[c].Stored(row)))];
            if (different.Count == 0) continue;

            var (id, version) = ((long)idColumn.Read(row)!, (long)versionColumn.Read(row)!);
            if (!_commands.Update(table, [.. different.Select(c => columns[c])])(row, id, version))
                throw new DbUpdateConcurrencyException($"{typeof(T).Name} {id} was changed meanwhile.");
            table.SetVersion!(row, version + 1);

            foreach (var c in different)
            {
                if (audited && AuditTrail.IsAudited(columns[c].Property))
                    audit.Add(Entry(table, id, columns[c], AuditTrail.Text(before[c]), AuditTrail.Text(columns[c].Read(row))));
                if (row is Person person && columns[c].Property.Name == nameof(Person.SecurityStamp)) db.EndSessions(person);
            }
            if (row is ISearchable searchable && different.Exists(c => SearchIndex.IsSearched(columns[c].Property)))
                _commands.SetSearchText(table)(searchable.Id, SearchIndex.IndexedText(searchable.SearchText));
            renamed |= different.Exists(c => PendingChanges.IsName(columns[c].Property.Name));
            changed++;
        }
        if (changed > 0) db.AnnounceMany(typeof(T));
        if (renamed) db.AnnounceNames(typeof(T));
        if (audit.Count > 0) Insert(Table(typeof(AuditEntry)), audit, ct);
        return changed;
    }

    /// <summary>
    /// Deletes rows by their keys, with the database's cascades. Only for rows that were stored by mistake and not changed since; everything
    /// else is retired instead. The caller writes the audit entry.
    /// </summary>
    public void Remove<T>(IEnumerable<T> rows, CancellationToken ct = default) where T : class
    {
        var table = Table(typeof(T));
        var delete = _commands.Delete(table);
        var removeSearchText = typeof(ISearchable).IsAssignableFrom(typeof(T)) ? _commands.RemoveSearchText(table) : null;
        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            delete(row);
            removeSearchText?.Invoke(((ISearchable)row).Id);
        }
        db.AnnounceMany(typeof(T));
    }

#pragma warning disable RS0030 // This is the only place that writes around the change tracker.
    /// <summary>
    /// Deletes rows without reading them, with the database's cascades, and returns how many: for periodic clean-ups. The caller writes the
    /// audit entry and announces what open pages need to know.
    /// </summary>
    public static Task<int> RemoveAsync<T>(LogisticsDb db, IQueryable<T> rows, CancellationToken ct = default) where T : class
    {
        if (typeof(ISearchable).IsAssignableFrom(typeof(T)))
            throw new NotSupportedException($"{typeof(T).Name} has a search text, which would stay behind.");
        db.TouchMany(typeof(T));
        return rows.ExecuteDeleteAsync(ct);
    }

    /// <summary>Empties the old and new values of these audit entries; which field changed, when and by whom stays known.</summary>
    public static Task<int> BlankAsync(IQueryable<AuditEntry> entries, CancellationToken ct = default) => entries.ExecuteUpdateAsync(entry => entry
        .SetProperty(a => a.Old, a => a.Old == null ? null : "")
        .SetProperty(a => a.New, a => a.New == null ? null : ""), ct);
#pragma warning restore RS0030

    public void Dispose() => _commands.Dispose();

    private BulkTable Table(Type type) => BulkTable.Of(db.Model.FindEntityType(type) ?? throw new NotSupportedException($"{type.Name} is not stored."));

    private void Insert(BulkTable table, IEnumerable<object> rows, CancellationToken ct, bool withoutAudit = false)
    {
        var insert = _commands.Insert(table);
        var insertSearchText = typeof(ISearchable).IsAssignableFrom(table.Entity.ClrType) ? _commands.InsertSearchText(table) : null;
        var audited = !withoutAudit && typeof(IAudited).IsAssignableFrom(table.Entity.ClrType);
        var children = table.Children.Select(_ => new List<object>()).ToArray();
        List<AuditEntry> audit = [];
        var id = table.Id is null ? 0 : _commands.NextId(table);
        var step = db.Services.Steps.FirstOrDefault(s => s.Entity == table.Entity.ClrType && s.IsActive);
        List<object> followed = [];

        foreach (var row in rows)
        {
            ct.ThrowIfCancellationRequested();
            table.SetForeignKeys(row);
            if (row is AuditEntry { Act: 0 } entry) entry.Act = db.AuditAct;
            table.Id?.Set(row, id);
            table.SetVersion?.Invoke(row, 1);
            insert(row);
            insertSearchText?.Invoke(id, SearchIndex.IndexedText(((ISearchable)row).SearchText));
            if (audited) audit.AddRange(EntriesOfNew(table, row, id));
            if (step is not null) followed.Add(row);
            for (var c = 0; c < children.Length; c++)
            {
                foreach (var child in table.Children[c].Get(row) ?? Array.Empty<object>())
                {
                    table.Children[c].SetParent(child, id);
                    children[c].Add(child);
                }
            }
            id++;
        }

        db.AnnounceMany(table.Entity.ClrType);
        for (var c = 0; c < children.Length; c++)
            if (children[c].Count > 0) Insert(BulkTable.Of(table.Children[c].Entity), children[c], ct, withoutAudit);
        if (audit.Count > 0) Insert(Table(typeof(AuditEntry)), audit, ct);
        if (followed.Count > 0) step!.AddedInBulk(db, this, followed);
    }

    private IEnumerable<AuditEntry> EntriesOfNew(BulkTable table, object row, long id)
    {
        foreach (var column in table.Columns.Where(c => AuditTrail.IsAudited(c.Property)))
            if (AuditTrail.Text(column.Read(row)) is { } value) yield return Entry(table, id, column, null, value);
    }

    private AuditEntry Entry(BulkTable table, long id, BulkColumn column, string? old, string? now) => new()
    {
        Entity = table.Entity.ClrType.Name,
        EntityId = id,
        Field = column.Property.Name,
        Old = old,
        New = now,
        At = db.Services.Clock.GetUtcNow(),
        ActorId = db.Services.User.ActorOrNull?.PersonId,
    };
}
