namespace LogisticsAdmin.Data;

/// <summary>
/// What a slice stores together with new rows of another one, in the same transaction and whoever adds them: for each message in an inbox, the
/// mail about it.
/// </summary>
public interface ISaveStep
{
    /// <summary>The entity whose new rows are followed.</summary>
    Type Entity { get; }

    /// <summary>False while there is nothing to do: then new rows cost nothing.</summary>
    bool IsActive { get; }

    /// <summary>Called before new rows are saved. What it adds to the context is saved with them; it must set references, not ids.</summary>
    Task AddedAsync(LogisticsDb db, IReadOnlyList<object> added, CancellationToken ct);

    /// <summary>The same after a bulk writer has stored new rows, which have their ids by then.</summary>
    void AddedInBulk(LogisticsDb db, BulkWriter bulk, IReadOnlyList<object> added);
}
