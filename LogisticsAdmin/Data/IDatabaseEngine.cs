using Microsoft.EntityFrameworkCore.Metadata;

namespace LogisticsAdmin.Data;

/// <summary>
/// What a database engine does in its own way while contexts are open. Slices ask for it by meaning, through <see cref="LogisticsDb"/>.
/// </summary>
public interface IDatabaseEngine
{
    /// <summary>All rows of an entity, found through this index and no other.</summary>
    IQueryable<T> UsingIndex<T>(LogisticsDb db, string index) where T : class;

    /// <summary>All rows of an entity, found by their ids or by scanning.</summary>
    IQueryable<T> WithoutIndex<T>(LogisticsDb db) where T : class;

    /// <summary>Takes <paramref name="count"/> numbers of a series and day inside the caller's transaction, and returns the first.</summary>
    Task<int> TakeNumbersAsync(LogisticsDb db, string series, DateOnly day, int count, CancellationToken ct);

    /// <summary>Gives this connection the memory that loading very many rows needs.</summary>
    Task ExpectBulkLoadAsync(LogisticsDb db, CancellationToken ct);

    /// <summary>Prepared statements on the context's own connection and transaction.</summary>
    IBulkCommands BulkCommands(LogisticsDb db);

    /// <summary>The ids of what holds all these phrases, only the highest <paramref name="newest"/> if given. No phrase finds nothing.</summary>
    IQueryable<long> SearchIds(LogisticsDb db, Type entity, IReadOnlyList<SearchPhrase> phrases, int? newest);

    /// <summary>Creates the entity's search index where it is missing; false when it does not hold every row.</summary>
    Task<bool> EnsureSearchAsync(LogisticsDb db, IEntityType entity, CancellationToken ct);

    Task ClearSearchAsync(LogisticsDb db, Type entity, CancellationToken ct);

    /// <summary>Stores the text, as <see cref="SearchIndex.IndexedText"/> returns it, in place of an earlier one.</summary>
    Task SetSearchTextAsync(LogisticsDb db, Type entity, long id, string indexedText, CancellationToken ct);

    Task RemoveSearchTextAsync(LogisticsDb db, Type entity, long id, CancellationToken ct);
}
