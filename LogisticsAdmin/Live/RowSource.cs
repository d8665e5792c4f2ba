using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Live;

/// <summary>Reads the row of a live list once for everybody, inside the write gate, before and after a save.</summary>
public interface IRowSource
{
    /// <summary>The entity whose saves move this list.</summary>
    Type Entity { get; }

    /// <summary>The type of the list's rows: the topic of its changes.</summary>
    Type Row { get; }

    Task<object?> ReadAsync(DbContext db, long id, CancellationToken ct);

    /// <summary>The row after a save as the saved entity tells it; null where it has to be read.</summary>
    object? Told(object before, object saved);

    Change Describe(object? before, object? after);
}

/// <inheritdoc cref="IRowSource"/>
public abstract class RowSource<TEntity, TRow> : IRowSource where TRow : class
{
    public Type Entity => typeof(TEntity);
    public Type Row => typeof(TRow);

    async Task<object?> IRowSource.ReadAsync(DbContext db, long id, CancellationToken ct) => await ReadAsync(db, id, ct);

    object? IRowSource.Told(object before, object saved) => Told((TRow)before, (TEntity)saved);

    public Change Describe(object? before, object? after) => new Changed<TRow>((TRow?)before, (TRow?)after);

    protected abstract Task<TRow?> ReadAsync(DbContext db, long id, CancellationToken ct);

    /// <summary>Spares the second reading where nothing changed that other tables tell.</summary>
    protected virtual TRow? Told(TRow before, TEntity saved) => null;
}
