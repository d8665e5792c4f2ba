using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data.Sqlite;

/// <inheritdoc cref="IBulkCommands"/>
internal sealed class SqliteBulkCommands : IBulkCommands
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteBulkCommands(LogisticsDb db)
    {
        _transaction = (SqliteTransaction)(db.Database.CurrentTransaction
            ?? throw new InvalidOperationException("Bulk writing happens inside WriteAsync.")).GetDbTransaction();
        _connection = (SqliteConnection)db.Database.GetDbConnection();
    }

    public long NextId(BulkTable table)
    {
        if (table.Id is not { } id) throw new NotSupportedException($"{table.Entity.DisplayName()} brings its own key.");
        var next = Prepared($"""
            SELECT 1 + max(coalesce((SELECT max("{id.Property.GetColumnName()}") FROM "{table.Name}"), 0),
                coalesce((SELECT seq FROM sqlite_sequence WHERE name = '{table.Name}'), 0))
            """, _ => { });
        return Convert.ToInt64(next.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    public Action<object> Insert(BulkTable table)
    {
        var columns = table.Columns;
        var insert = Prepared($"INSERT INTO \"{table.Name}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) "
            + $"VALUES ({string.Join(", ", columns.Select((_, i) => $"@{i}"))})", command => AddParameters(command, columns, nullable: true));
        return row =>
        {
            SetParameters(insert, columns, row);
            insert.ExecuteNonQuery();
        };
    }

    public BulkUpdate Update(BulkTable table, IReadOnlyList<BulkColumn> columns)
    {
        var update = Prepared($"UPDATE \"{table.Name}\" SET {string.Join(", ", columns.Select((c, i) => $"\"{c.Name}\" = @{i}"))}, "
            + "\"Version\" = \"Version\" + 1 WHERE \"Id\" = @id AND \"Version\" = @version", command =>
        {
            AddParameters(command, columns, nullable: true);
            command.Parameters.Add("@id", SqliteType.Integer);
            command.Parameters.Add("@version", SqliteType.Integer);
        });
        var (ofId, ofVersion) = (update.Parameters[columns.Count], update.Parameters[columns.Count + 1]);
        return (row, id, version) =>
        {
            SetParameters(update, columns, row);
            (ofId.Value, ofVersion.Value) = (id, version);
            return update.ExecuteNonQuery() == 1;
        };
    }

    public Action<object> Delete(BulkTable table)
    {
        List<BulkColumn> key = [.. table.Entity.FindPrimaryKey()!.Properties.Select(p => table.Columns.Single(c => c.Property == p))];
        var delete = Prepared($"DELETE FROM \"{table.Name}\" WHERE {string.Join(" AND ", key.Select((k, i) => $"\"{k.Name}\" = @{i}"))}",
            command => AddParameters(command, key, nullable: false));
        return row =>
        {
            SetParameters(delete, key, row);
            delete.ExecuteNonQuery();
        };
    }

    public Action<long, string> InsertSearchText(BulkTable table) => SearchCommand(SqliteSearch.Insert(SearchTable(table), "@0", "@1"));

    public Action<long, string> SetSearchText(BulkTable table) => SearchCommand(SqliteSearch.Set(SearchTable(table), "@0", "@1"));

    public Action<long> RemoveSearchText(BulkTable table)
    {
        var delete = Prepared(SqliteSearch.Delete(SearchTable(table), "@0"), command => command.Parameters.Add("@0", SqliteType.Integer));
        return id =>
        {
            delete.Parameters[0].Value = id;
            delete.ExecuteNonQuery();
        };
    }

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
    }

    private static string SearchTable(BulkTable table) => SqliteSearch.Table(table.Entity.ClrType);

    private Action<long, string> SearchCommand(string sql)
    {
        var set = Prepared(sql, command =>
        {
            command.Parameters.Add("@0", SqliteType.Integer);
            command.Parameters.Add("@1", SqliteType.Text);
        });
        return (id, text) =>
        {
            (set.Parameters[0].Value, set.Parameters[1].Value) = (id, text);
            set.ExecuteNonQuery();
        };
    }

    private static void AddParameters(SqliteCommand command, IReadOnlyList<BulkColumn> columns, bool nullable)
    {
        for (var c = 0; c < columns.Count; c++)
            command.Parameters.Add((SqliteParameter)columns[c].Mapping.CreateParameter(command, $"@{c}", null, nullable));
    }

    private static void SetParameters(SqliteCommand command, IReadOnlyList<BulkColumn> columns, object row)
    {
        for (var c = 0; c < columns.Count; c++) command.Parameters[c].Value = columns[c].Stored(row);
    }

    private SqliteCommand Prepared(string sql, Action<SqliteCommand> addParameters)
    {
        if (_commands.TryGetValue(sql, out var known)) return known;
        var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Names come from the model, values are parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.Transaction = _transaction;
        addParameters(command);
        command.Prepare();
        _commands.Add(sql, command);
        return command;
    }
}
