using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Live;

/// <summary>Reads the row of a live list once for all readers, inside the write gate, before and after a save.</summary>
public interface IRowSource
{
    /// <summary>The entity whose changes affect this list.</summary>
    Type Entity { get; }

    /// <summary>The type of the list's rows, which is the topic of its changes.</summary>
    Type Row { get; }

    /// <summary>Other entities whose names its rows show: when one is renamed, open pages load the list again.</summary>
    IReadOnlyList<Type> ShowsNamesOf => [];

    Task<object?> ReadAsync(DbContext db, long id, CancellationToken ct);

    /// <summary>The row after a save, derived from the saved entity; null if it must be read.</summary>
    object? RowAfterSave(object before, object saved);

    Change Describe(object? before, object? after);
}

/// <inheritdoc cref="IRowSource"/>
public abstract class RowSource<TEntity, TRow> : IRowSource where TRow : class
{
    public Type Entity => typeof(TEntity);
    public Type Row => typeof(TRow);
    public virtual IReadOnlyList<Type> ShowsNamesOf => [];

    async Task<object?> IRowSource.ReadAsync(DbContext db, long id, CancellationToken ct) => await ReadAsync(db, id, ct);

    object? IRowSource.RowAfterSave(object before, object saved) => RowAfterSave((TRow)before, (TEntity)saved);

    public Change Describe(object? before, object? after) => new Changed<TRow>((TRow?)before, (TRow?)after);

    protected abstract Task<TRow?> ReadAsync(DbContext db, long id, CancellationToken ct);

    /// <summary>Avoids the second query if nothing that is read from other tables has changed.</summary>
    protected virtual TRow? RowAfterSave(TRow before, TEntity saved) => null;
}
