namespace LogisticsAdmin.Spreadsheets.Importing;

/// <summary>Input of a plan: the rows, the columns that the file has, and the options that are on.</summary>
public sealed record ImportInput(IReadOnlyList<ImportRow> Rows, IReadOnlySet<string> Columns, IReadOnlySet<string> Options)
{
    public bool CountsFrom1904 { get; init; }

    /// <summary>The header in the file of each column that it has.</summary>
    public IReadOnlyDictionary<string, string> Titles { get; init; } = new Dictionary<string, string>();

    /// <summary>Mapping of the whole file; null when it is read column by column.</summary>
    public FileMapping? Mapping { get; init; }

    /// <summary>Column index of each header that the mapping may refer to.</summary>
    public IReadOnlyDictionary<string, int> Positions { get; init; } = new Dictionary<string, int>();

    /// <summary>Number of columns with a header.</summary>
    public int Headers { get; init; }

    /// <summary>Receives the number of rows processed so far; may be called often.</summary>
    public Action<int> Progress { get; init; } = _ => { };

    public bool Has(string column) => Columns.Contains(column);
}
