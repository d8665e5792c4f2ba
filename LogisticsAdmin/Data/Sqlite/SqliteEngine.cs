using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data.Sqlite;

/// <inheritdoc/>
#pragma warning disable EF1002, EF1003 // Names of tables and indexes come from the model and from constants, never from input.
internal sealed class SqliteEngine : IDatabaseEngine
{
    private const int BulkLoadCacheKibibytes = 256 * 1024;

    public async Task<IDbContextTransaction> BeginWriteAsync(LogisticsDb db, TimeSpan patience, CancellationToken ct)
    {
        var connection = (SqliteConnection)db.Database.GetDbConnection();
        var usual = connection.DefaultTimeout;
        // Zero would mean without end.
        connection.DefaultTimeout = Math.Clamp((int)Math.Ceiling(patience.TotalSeconds), 1, usual);
        try
        {
            return await db.Database.BeginTransactionAsync(ct);
        }
        finally
        {
            connection.DefaultTimeout = usual;
        }
    }

    public async Task<IDbContextTransaction> BeginSnapshotAsync(LogisticsDb db, CancellationToken ct)
    {
        await db.Database.OpenConnectionAsync(ct);
        // Deferred: it takes no lock that a writer would wait for.
        var transaction = ((SqliteConnection)db.Database.GetDbConnection()).BeginTransaction(deferred: true);
        return await db.Database.UseTransactionAsync(transaction, ct) ?? throw new InvalidOperationException("The transaction was not taken over.");
    }

    public bool IsLocked(Exception e) => SqliteErrors.IsLocked(e);

    public bool IsUnusable(Exception e) => SqliteErrors.IsUnusable(e);

    public IQueryable<T> UsingIndex<T>(LogisticsDb db, string index) where T : class =>
        db.Set<T>().FromSqlRaw($"SELECT * FROM \"{TableOf<T>(db)}\" INDEXED BY \"{index}\"");

    public IQueryable<T> WithoutIndex<T>(LogisticsDb db) where T : class =>
        db.Set<T>().FromSqlRaw($"SELECT * FROM \"{TableOf<T>(db)}\" NOT INDEXED");

    public async Task<int> TakeNumbersAsync(LogisticsDb db, string series, DateOnly day, int count, CancellationToken ct)
    {
        var last = await db.Database.SqlQuery<int>($"""
            INSERT INTO "DayNumbers" ("Series", "Day", "Last") VALUES ({series}, {day}, {count})
            ON CONFLICT ("Series", "Day") DO UPDATE SET "Last" = "Last" + {count} RETURNING "Last" AS "Value"
            """).ToListAsync(ct);
        return last[0] - count + 1;
    }

    public Task ExpectBulkLoadAsync(LogisticsDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync($"PRAGMA cache_size=-{BulkLoadCacheKibibytes}", ct);

    public IBulkCommands BulkCommands(LogisticsDb db) => new SqliteBulkCommands(db);

    public IQueryable<long> SearchIds(LogisticsDb db, Type entity, IReadOnlyList<SearchPhrase> phrases, int? newest)
    {
        var table = SqliteSearch.Table(entity);
        if (phrases.Count == 0) return db.Database.SqlQueryRaw<long>(SqliteSearch.SelectNothing(table));
        var query = SqliteSearch.Query(phrases);
        return newest is { } most
            ? db.Database.SqlQueryRaw<long>(SqliteSearch.SelectNewest(table), query, most)
            : db.Database.SqlQueryRaw<long>(SqliteSearch.Select(table), query);
    }

    public async Task<bool> EnsureSearchAsync(LogisticsDb db, IEntityType entity, CancellationToken ct)
    {
        var table = SqliteSearch.Table(entity.ClrType);
        await db.Database.ExecuteSqlRawAsync(SqliteSearch.Create(table), ct);
        var counts = await db.Database.SqlQueryRaw<long>(SqliteSearch.Counts(entity.GetTableName()!, table)).ToListAsync(ct);
        return counts[0] == counts[1];
    }

    public Task ClearSearchAsync(LogisticsDb db, Type entity, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(SqliteSearch.Clear(SqliteSearch.Table(entity)), ct);

    public Task SetSearchTextAsync(LogisticsDb db, Type entity, long id, string indexedText, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(SqliteSearch.Set(SqliteSearch.Table(entity)), [id, indexedText], ct);

    public Task RemoveSearchTextAsync(LogisticsDb db, Type entity, long id, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(SqliteSearch.Delete(SqliteSearch.Table(entity)), [id], ct);

    private static string TableOf<T>(LogisticsDb db) => db.Model.FindEntityType(typeof(T))!.GetTableName()!;
}
