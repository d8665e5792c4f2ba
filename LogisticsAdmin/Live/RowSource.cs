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

    Change Describe(object? before, object? after);
}

/// <inheritdoc cref="IRowSource"/>
public abstract class RowSource<TEntity, TRow> : IRowSource where TRow : class
{
    public Type Entity => typeof(TEntity);
    public Type Row => typeof(TRow);

    async Task<object?> IRowSource.ReadAsync(DbContext db, long id, CancellationToken ct) => await ReadAsync(db, id, ct);

    public Change Describe(object? before, object? after) => new Changed<TRow>((TRow?)before, (TRow?)after);

    protected abstract Task<TRow?> ReadAsync(DbContext db, long id, CancellationToken ct);
}
