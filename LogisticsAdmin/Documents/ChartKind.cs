namespace LogisticsAdmin.Documents;

public enum ChartKind
{
    Columns,
    StackedColumns,
    Lines,

    /// <summary>Horizontal bars, for labels that are names.</summary>
    Bars,
}
