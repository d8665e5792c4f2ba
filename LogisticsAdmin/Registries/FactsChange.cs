namespace LogisticsAdmin.Registries;

/// <summary>
/// Which rows a change may concern, by their <see cref="FactRow.ChangesAs"/>, and from which moment on figures may differ. Null: all rows, or all periods.
/// </summary>
public sealed record FactsChange(long? Id, DateTimeOffset? Since);
