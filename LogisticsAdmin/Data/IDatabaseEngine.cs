using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace LogisticsAdmin.Data;

/// <summary>
/// Operations on open contexts that differ between database engines. Slices use them through <see cref="LogisticsDb"/>, without
/// engine-specific code.
/// </summary>
public interface IDatabaseEngine
{
    /// <summary>Begins a transaction that may write, and waits at most this long (a second at least) for other programs.</summary>
    Task<IDbContextTransaction> BeginWriteAsync(LogisticsDb db, TimeSpan patience, CancellationToken ct);

    /// <summary>Begins a transaction that only reads, so that all of its queries see the same rows. It keeps nobody from writing.</summary>
    Task<IDbContextTransaction> BeginSnapshotAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Whether another program has locked the database.</summary>
    bool IsLocked(Exception e);

    /// <summary>Whether the stored database is the cause: missing, damaged, read-only, or its disk full or failing.</summary>
    bool IsUnusable(Exception e);

    /// <summary>All rows of an entity, read through this index only.</summary>
    IQueryable<T> UsingIndex<T>(LogisticsDb db, string index) where T : class;

    /// <summary>All rows of an entity, read by id or by scanning.</summary>
    IQueryable<T> WithoutIndex<T>(LogisticsDb db) where T : class;

    /// <summary>Takes <paramref name="count"/> numbers of a series and day inside the caller's transaction, and returns the first.</summary>
    Task<int> TakeNumbersAsync(LogisticsDb db, string series, DateOnly day, int count, CancellationToken ct);

    /// <summary>Enlarges this connection's cache for loading very many rows.</summary>
    Task ExpectBulkLoadAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Prepared statements on the context's own connection and transaction.</summary>
    IBulkCommands BulkCommands(LogisticsDb db);

    /// <summary>
    /// The ids of rows that contain all these phrases, only the highest <paramref name="newest"/> if given. Without a phrase nothing is found.
    /// </summary>
    IQueryable<long> SearchIds(LogisticsDb db, Type entity, IReadOnlyList<SearchPhrase> phrases, int? newest);

    /// <summary>Creates the entity's search index if it is missing. Returns false when it does not contain every row.</summary>
    Task<bool> EnsureSearchAsync(LogisticsDb db, IEntityType entity, CancellationToken ct);

    Task ClearSearchAsync(LogisticsDb db, Type entity, CancellationToken ct);

    /// <summary>Stores the text, as <see cref="SearchIndex.IndexedText"/> returns it, in place of an earlier one.</summary>
    Task SetSearchTextAsync(LogisticsDb db, Type entity, long id, string indexedText, CancellationToken ct);

    Task RemoveSearchTextAsync(LogisticsDb db, Type entity, long id, CancellationToken ct);
}
