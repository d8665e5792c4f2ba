namespace LogisticsAdmin.Data;

/// <summary>
/// Rows of one entity that a kept reading was made of: those that have <paramref name="Id"/> in one of their id columns, or all of them where it is null.
/// </summary>
public readonly record struct RowsRead(Type Entity, long? Id)
{
    public static RowsRead All<T>() where T : class => new(typeof(T), null);

    /// <summary>Rows whose own id, or whose reference such as PersonId or RoomId, is this one.</summary>
    public static RowsRead Of<T>(long id) where T : class => new(typeof(T), id);
}
