namespace LogisticsAdmin.Data;

/// <summary>
/// The statements of <see cref="BulkWriter"/> in the engine's SQL. Each is prepared once and then run for many rows; two of the same
/// kind share their parameters, so one must not run while the values of another are being set.
/// </summary>
public interface IBulkCommands : IDisposable
{
    /// <summary>One above every id ever given in this table, deleted rows included.</summary>
    long NextId(BulkTable table);

    /// <summary>Inserts a row with all its columns.</summary>
    Action<object> Insert(BulkTable table);

    /// <summary>Stores these columns of a row and its next version; false when the stored version is not the given one.</summary>
    BulkUpdate Update(BulkTable table, IReadOnlyList<BulkColumn> columns);

    /// <summary>Deletes the row with this one's key.</summary>
    Action<object> Delete(BulkTable table);

    /// <summary>Indexes the text of a row that is known to be new.</summary>
    Action<long, string> InsertSearchText(BulkTable table);

    /// <summary>Indexes a text in place of an earlier one.</summary>
    Action<long, string> SetSearchText(BulkTable table);

    Action<long> RemoveSearchText(BulkTable table);
}

/// <inheritdoc cref="IBulkCommands.Update"/>
public delegate bool BulkUpdate(object row, long id, long version);
