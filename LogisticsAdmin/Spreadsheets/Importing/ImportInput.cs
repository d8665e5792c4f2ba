namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>What a plan is made of: the rows by column, which columns the file has at all, and the switches that are on.</summary>
public sealed record ImportInput(IReadOnlyList<ImportRow> Rows, IReadOnlySet<string> Columns, IReadOnlySet<string> Options)
{
    public bool CountsFrom1904 { get; init; }

    /// <summary>How the file is read as a whole. Null: column by column.</summary>
    public ImportReading? Reading { get; init; }

    /// <summary>Where in a row the columns of the reading stand, by header.</summary>
    public IReadOnlyDictionary<string, int> Positions { get; init; } = new Dictionary<string, int>();

    /// <summary>How many columns have a header.</summary>
    public int Headers { get; init; }

    /// <summary>Told how many rows are done; may be called often.</summary>
    public Action<int> Progress { get; init; } = _ => { };

    public bool Has(string column) => Columns.Contains(column);
}
