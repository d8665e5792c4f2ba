using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>Records what EF Core sent to SQLite, so that the same SQL can be run without EF Core.</summary>
internal sealed class RecordedSql : DbCommandInterceptor
{
    private List<Statement>? _recording;

    public async Task<Replay> RecordAsync(Func<Task> action, string connectionString)
    {
        _recording = [];
        await action();
        var statements = _recording;
        _recording = null;
        return new Replay(connectionString, statements);
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        _recording?.Add(new Statement(command.CommandText, [.. command.Parameters.Cast<SqliteParameter>().Select(p => (p.ParameterName, p.Value))]));
        return ValueTask.FromResult(result);
    }

    internal sealed record Statement(string Sql, IReadOnlyList<(string Name, object? Value)> Parameters);

    /// <summary>The recorded statements on one open connection, each prepared once: the minimum that SQLite itself needs.</summary>
    internal sealed class Replay : IDisposable
    {
        private readonly SqliteConnection _connection;
        private readonly List<SqliteCommand> _commands = [];

        public Replay(string connectionString, IEnumerable<Statement> statements)
        {
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            using (var pragmas = _connection.CreateCommand())
            {
                pragmas.CommandText = "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16384;";
                pragmas.ExecuteNonQuery();
            }
            foreach (var statement in statements)
            {
                var command = _connection.CreateCommand();
#pragma warning disable CA2100 // Recorded from EF Core, never typed by anybody.
                command.CommandText = statement.Sql;
#pragma warning restore CA2100
                foreach (var (name, value) in statement.Parameters) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
                command.Prepare();
                _commands.Add(command);
            }
        }

        /// <summary>Reads every column of every row; returns how many rows there were.</summary>
        public int Run()
        {
            var rows = 0;
            foreach (var command in _commands)
            {
                using var reader = command.ExecuteReader();
                var values = new object[reader.FieldCount];
                for (; reader.Read(); rows++) reader.GetValues(values);
            }
            return rows;
        }

        /// <summary>SQLite's query plan for each statement.</summary>
        public IReadOnlyList<string> Explain()
        {
            List<string> plans = [];
            foreach (var command in _commands)
            {
                using var explained = _connection.CreateCommand();
#pragma warning disable CA2100 // As above.
                explained.CommandText = "EXPLAIN QUERY PLAN " + command.CommandText;
#pragma warning restore CA2100
                foreach (SqliteParameter parameter in command.Parameters) explained.Parameters.AddWithValue(parameter.ParameterName, parameter.Value);
                using var reader = explained.ExecuteReader();
                List<string> steps = [];
                while (reader.Read()) steps.Add(reader.GetString(3));
                plans.Add(string.Join('\n', steps));
            }
            return plans;
        }

        public void Dispose()
        {
            foreach (var command in _commands) command.Dispose();
            _connection.Dispose();
        }
    }
}
