using System.Globalization;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data;

/// <summary>
/// The one way around the change tracker, for thousands of things at once. Works inside <see cref="LogisticsDb.WriteAsync{T}"/>
/// and shares its transaction: rows, search, audit, and one <see cref="Live.ManyChanged"/> per live list when it commits.
/// Slow by intention of its size, so it is for imports and demo data, never for what a person waits for beside others.
/// </summary>
public sealed class BulkWriter : IDisposable
{
    private readonly LogisticsDb _db;
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public BulkWriter(LogisticsDb db)
    {
        _db = db;
        _transaction = (SqliteTransaction)(db.Database.CurrentTransaction
            ?? throw new InvalidOperationException("Bulk writing happens inside WriteAsync.")).GetDbTransaction();
        _connection = (SqliteConnection)db.Database.GetDbConnection();
    }

    /// <summary>The id that the next thing of this kind will get; those after it follow one by one, in the order they are added.</summary>
    public long NextId<T>() where T : class => NextId(Table(typeof(T)));

    /// <summary>
    /// Stores new things in their order, gives them ids and version 1, and stores what hangs on them (a ticket's events) likewise.
    /// What they point to must be stored already. The objects themselves are not tracked.
    /// </summary>
    public void Add<T>(IEnumerable<T> things, CancellationToken ct = default) where T : class => Insert(Table(typeof(T)), things, ct);

    /// <summary>As <see cref="Add{T}"/>, for things whose origin the caller tells the audit trail itself, in one entry instead of one a field.</summary>
    public void AddTold<T>(IEnumerable<T> things, CancellationToken ct = default) where T : class => Insert(Table(typeof(T)), things, ct, told: true);

    /// <summary>
    /// Stores these properties of things that were read without tracking, and grows their versions. One that somebody changed meanwhile
    /// is refused, and with it all of them. Not for what is audited field by field.
    /// </summary>
    public void Update<T>(IEnumerable<T> things, IReadOnlyList<string> properties, CancellationToken ct = default) where T : Versioned
    {
        var table = Table(typeof(T));
        if (typeof(IAudited).IsAssignableFrom(typeof(T))) throw new NotSupportedException($"{typeof(T).Name} is audited by field: save it by the tracker.");
        BulkColumn[] columns = [.. properties.Select(p => table.Columns.Single(c => c.Property.Name == p))];
        var name = $"{table.Name}={string.Join(',', properties)}";
        if (_commands.Remove(name, out var known)) known.Dispose();
        var update = Command(name,
            $"UPDATE \"{table.Name}\" SET {string.Join(", ", columns.Select((c, i) => $"\"{c.Name}\" = @{i}"))}, \"Version\" = \"Version\" + 1 WHERE \"Id\" = @id AND \"Version\" = @version");
        for (var c = 0; c < columns.Length; c++)
            update.Parameters.Add((SqliteParameter)columns[c].Mapping.CreateParameter(update, $"@{c}", null, nullable: true));
        var (id, version) = (update.Parameters.Add("@id", SqliteType.Integer), update.Parameters.Add("@version", SqliteType.Integer));
        var any = false;
        foreach (var thing in things)
        {
            ct.ThrowIfCancellationRequested();
            for (var c = 0; c < columns.Length; c++) update.Parameters[c].Value = columns[c].Stored(thing);
            (id.Value, version.Value) = (thing.Id, thing.Version);
            if (update.ExecuteNonQuery() != 1) throw new DbUpdateConcurrencyException($"{typeof(T).Name} {thing.Id} was changed meanwhile.");
            any = true;
        }
        if (any) _db.AnnounceMany(typeof(T));
    }

    /// <summary>
    /// Changes things that were read without tracking and stores what became different of each: the columns, the grown version, the
    /// audit rows and the search text. Tells how many were different. One that somebody changed meanwhile is refused, and with it all.
    /// </summary>
    public int Change<T>(IEnumerable<T> things, Action<T> change, CancellationToken ct = default) where T : class
    {
        var table = Table(typeof(T));
        var (id, version) = (table.Columns.Single(c => c.Property == table.Id!.Value.Property), table.Columns.Single(c => c.Property.Name == nameof(Versioned.Version)));
        var audited = typeof(IAudited).IsAssignableFrom(typeof(T));
        var (old, was) = (new object[table.Columns.Count], new object?[table.Columns.Count]);
        List<AuditEntry> audit = [];
        var changed = 0;
        foreach (var thing in things)
        {
            ct.ThrowIfCancellationRequested();
            for (var c = 0; c < old.Length; c++) (old[c], was[c]) = (table.Columns[c].Stored(thing), table.Columns[c].Read(thing));
            change(thing);
            List<int> different = [.. Enumerable.Range(0, old.Length).Where(c => !old[c].Equals(table.Columns[c].Stored(thing)))];
            if (different.Count == 0) continue;

            var before = (long)version.Read(thing)!;
            var update = UpdateCommand(table, different);
            for (var i = 0; i < different.Count; i++) update.Parameters[i].Value = table.Columns[different[i]].Stored(thing);
            (update.Parameters["@id"].Value, update.Parameters["@version"].Value) = (id.Read(thing), before);
            if (update.ExecuteNonQuery() != 1) throw new DbUpdateConcurrencyException($"{typeof(T).Name} {id.Read(thing)} was changed meanwhile.");
            table.SetVersion!(thing, before + 1);

            foreach (var c in different)
            {
                var column = table.Columns[c];
                if (audited && AuditTrail.Audits(column.Property)) audit.Add(Entry(table, (long)id.Read(thing)!, column, AuditTrail.Text(was[c]), AuditTrail.Text(column.Read(thing))));
                if (thing is Person person && column.Property.Name == nameof(Person.SecurityStamp)) _db.TellRenewed(person);
            }
            if (thing is ISearchable searchable && different.Exists(c => SearchIndex.IsSearched(table.Columns[c].Property))) Index(table, searchable);
            changed++;
        }
        if (changed > 0) _db.AnnounceMany(typeof(T));
        if (audit.Count > 0) Insert(Table(typeof(AuditEntry)), audit, ct);
        return changed;
    }

    /// <summary>
    /// Removes things by their keys, and what the database removes with them. For what was stored by mistake and nobody has touched:
    /// all else retires. What removed it tells the audit trail.
    /// </summary>
    public void Remove<T>(IEnumerable<T> things, CancellationToken ct = default) where T : class
    {
        var table = Table(typeof(T));
        List<BulkColumn> keys = [.. table.Entity.FindPrimaryKey()!.Properties.Select(p => table.Columns.Single(c => c.Property == p))];
        var remove = Remembered("-" + table.Name, $"DELETE FROM \"{table.Name}\" WHERE {string.Join(" AND ", keys.Select((k, i) => $"\"{k.Name}\" = @{i}"))}", command =>
        {
            for (var k = 0; k < keys.Count; k++) command.Parameters.Add((SqliteParameter)keys[k].Mapping.CreateParameter(command, $"@{k}", null, nullable: false));
        });
        var unindex = !typeof(ISearchable).IsAssignableFrom(typeof(T)) ? null : Remembered($"-{table.Name}Search",
            SearchIndex.DeleteSql(SearchIndex.Table(typeof(T).Name)).Replace("{0}", "@0", StringComparison.Ordinal), command => command.Parameters.Add("@0", SqliteType.Integer));
        foreach (var thing in things)
        {
            ct.ThrowIfCancellationRequested();
            for (var k = 0; k < keys.Count; k++) remove.Parameters[k].Value = keys[k].Stored(thing);
            remove.ExecuteNonQuery();
            if (unindex is null) continue;
            unindex.Parameters[0].Value = ((ISearchable)thing).Id;
            unindex.ExecuteNonQuery();
        }
        _db.AnnounceMany(typeof(T));
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }

    private BulkTable Table(Type type) => BulkTable.Of(_db.Model.FindEntityType(type) ?? throw new NotSupportedException($"{type.Name} is not stored."));

    private void Insert(BulkTable table, IEnumerable<object> things, CancellationToken ct, bool told = false)
    {
        var insert = InsertCommand(table);
        var search = typeof(ISearchable).IsAssignableFrom(table.Entity.ClrType) ? SearchCommand(table.Entity.ClrType.Name) : null;
        var audited = !told && typeof(IAudited).IsAssignableFrom(table.Entity.ClrType);
        var children = table.Children.Select(_ => new List<object>()).ToArray();
        List<AuditEntry> audit = [];
        var id = table.Id is null ? 0 : NextId(table);

        foreach (var thing in things)
        {
            ct.ThrowIfCancellationRequested();
            table.Link(thing);
            table.Id?.Set(thing, id);
            table.SetVersion?.Invoke(thing, 1);
            for (var c = 0; c < table.Columns.Count; c++) insert.Parameters[c].Value = table.Columns[c].Stored(thing);
            insert.ExecuteNonQuery();

            if (search is not null)
            {
                search.Parameters[0].Value = id;
                search.Parameters[1].Value = SearchIndex.IndexedText(((ISearchable)thing).SearchText);
                search.ExecuteNonQuery();
            }
            if (audited) audit.AddRange(Audit(table, thing, id));
            for (var c = 0; c < children.Length; c++)
            {
                foreach (var child in table.Children[c].Get(thing) ?? Array.Empty<object>())
                {
                    table.Children[c].SetParent(child, id);
                    children[c].Add(child);
                }
            }
            id++;
        }

        _db.AnnounceMany(table.Entity.ClrType);
        for (var c = 0; c < children.Length; c++)
            if (children[c].Count > 0) Insert(BulkTable.Of(table.Children[c].Entity), children[c], ct, told);
        if (audit.Count > 0) Insert(Table(typeof(AuditEntry)), audit, ct);
    }

    private IEnumerable<AuditEntry> Audit(BulkTable table, object thing, long id)
    {
        foreach (var column in table.Columns.Where(c => AuditTrail.Audits(c.Property)))
            if (AuditTrail.Text(column.Read(thing)) is { } value) yield return Entry(table, id, column, null, value);
    }

    private AuditEntry Entry(BulkTable table, long id, BulkColumn column, string? old, string? now) => new()
    {
        Entity = table.Entity.ClrType.Name,
        EntityId = id,
        Field = column.Property.Name,
        Old = old,
        New = now,
        At = _db.Needs.Clock.GetUtcNow(),
        ActorId = _db.Needs.User.Unchecked?.PersonId,
    };

    private void Index(BulkTable table, ISearchable thing)
    {
        var upsert = Remembered($"={table.Name}Search", SearchIndex.UpsertSql(SearchIndex.Table(table.Entity.ClrType.Name)).Replace("{0}", "@0", StringComparison.Ordinal).Replace("{1}", "@1", StringComparison.Ordinal), command =>
        {
            command.Parameters.Add("@0", SqliteType.Integer);
            command.Parameters.Add("@1", SqliteType.Text);
        });
        (upsert.Parameters[0].Value, upsert.Parameters[1].Value) = (thing.Id, SearchIndex.IndexedText(thing.SearchText));
        upsert.ExecuteNonQuery();
    }

    private SqliteCommand UpdateCommand(BulkTable table, List<int> columns) => Remembered($"{table.Name}={string.Join(',', columns)}",
        $"UPDATE \"{table.Name}\" SET {string.Join(", ", columns.Select((c, i) => $"\"{table.Columns[c].Name}\" = @{i}"))}, \"Version\" = \"Version\" + 1 WHERE \"Id\" = @id AND \"Version\" = @version", command =>
        {
            for (var i = 0; i < columns.Count; i++) command.Parameters.Add((SqliteParameter)table.Columns[columns[i]].Mapping.CreateParameter(command, $"@{i}", null, nullable: true));
            command.Parameters.Add("@id", SqliteType.Integer);
            command.Parameters.Add("@version", SqliteType.Integer);
        });

    private SqliteCommand Remembered(string name, string sql, Action<SqliteCommand> prepare)
    {
        if (_commands.TryGetValue(name, out var known)) return known;
        var command = Command(name, sql);
        prepare(command);
        return command;
    }

    /// <summary>Behind every id ever given, as SQLite's own counter keeps them.</summary>
    private long NextId(BulkTable table)
    {
        if (table.Id is not { } id) throw new NotSupportedException($"{table.Entity.DisplayName()} brings its own key.");
        if (!_commands.TryGetValue("?" + table.Name, out var command))
        {
            command = Command("?" + table.Name,
                $"SELECT 1 + max(coalesce((SELECT max(\"{id.Property.GetColumnName()}\") FROM \"{table.Name}\"), 0), coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0))");
        }
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private SqliteCommand InsertCommand(BulkTable table)
    {
        if (_commands.TryGetValue(table.Name, out var known)) return known;
        var command = Command(table.Name,
            $"INSERT INTO \"{table.Name}\" ({string.Join(", ", table.Columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", table.Columns.Select((_, i) => $"@{i}"))})");
        for (var c = 0; c < table.Columns.Count; c++)
            command.Parameters.Add((SqliteParameter)table.Columns[c].Mapping.CreateParameter(command, $"@{c}", null, nullable: true));
        command.Prepare();
        return command;
    }

    private SqliteCommand SearchCommand(string entity)
    {
        var search = SearchIndex.Table(entity);
        if (_commands.TryGetValue(search, out var known)) return known;
        var command = Command(search, SearchIndex.InsertSql(search));
        command.Parameters.Add(new SqliteParameter("@0", SqliteType.Integer));
        command.Parameters.Add(new SqliteParameter("@1", SqliteType.Text));
        return command;
    }

    private SqliteCommand Command(string name, string sql)
    {
        var command = _connection.CreateCommand();
        (command.CommandText, command.Transaction) = (sql, _transaction);
        _commands.Add(name, command);
        return command;
    }
}
