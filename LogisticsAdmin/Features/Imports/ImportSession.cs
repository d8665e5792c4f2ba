using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// One file on its way in, as the wizard holds it: the sheet that was chosen, where its header is, which column is which, and what the last
/// dry run said. Any choice makes that void. The file itself lies in the storage until the session is disposed, and no longer.
/// </summary>
public sealed class ImportSession : IAsyncDisposable
{
    private readonly Stream _content;
    private readonly SheetFile _file;

    internal ImportSession(ImportKind kind, string fileName, Stream content, SheetFile file)
    {
        (Kind, FileName, _content, _file) = (kind, fileName, content, file);
        (Sheet, Options) = (file.Sheets[0], kind.Options.Where(o => o.IsOn).Select(o => o.Key).ToHashSet());
    }

    public ImportKind Kind { get; }
    public string FileName { get; }
    public IReadOnlyList<SheetInfo> Sheets => _file.Sheets;
    public SheetInfo Sheet { get; private set; }
    public SheetTable Table { get; private set; } = null!;
    public FoundHeader Header { get; private set; } = null!;

    /// <summary>Ways to read the whole file, one of which may be chosen.</summary>
    public IReadOnlyList<ImportReading> Readings { get; private set; } = [];

    /// <summary>How the file is read as a whole; null: column by column.</summary>
    public ImportReading? Reading { get; private set; }

    /// <summary>Headers that the reading needs and the file does not have.</summary>
    public IReadOnlyList<string> MissingHeaders => Reading is null ? [] : [.. Reading.Headers.Except(Headers)];

    /// <summary>Whether nothing that is required is missing.</summary>
    public bool IsWhole => Reading is null ? Missing.Count == 0 : MissingHeaders.Count == 0;

    /// <summary>Which of the kind's switches are on.</summary>
    public IReadOnlySet<string> Options { get; private set; }

    /// <summary>What the dry run said of each row; null until it ran for the choices as they are now.</summary>
    public IReadOnlyList<RowVerdict>? Verdicts { get; internal set; }

    public ImportCounts? Counts => Verdicts is null ? null : ImportCounts.Of(Verdicts);

    /// <summary>Required columns that the file does not have.</summary>
    public IReadOnlyList<ImportColumn> Missing => [.. Kind.Columns.Where(c => c.Required && !Header.Columns.ContainsKey(c.Key))];

    /// <summary>Rows that would come in: everything below the header.</summary>
    public IEnumerable<SheetRow> Data => Table.Rows.Skip(Header.FirstData);

    /// <summary>A person says how the file is read as a whole, or that it is not (null). One that is new is offered from now on.</summary>
    public void ReadBy(ImportReading? reading)
    {
        if (reading is not null)
            Readings = Readings.Any(r => r.Key == reading.Key) ? [.. Readings.Select(r => r.Key == reading.Key ? reading : r)] : [.. Readings, reading];
        (Reading, Verdicts) = (reading, null);
    }

    /// <summary>Whether the file has all headers of the reading.</summary>
    internal bool Has(ImportReading reading) => !reading.Headers.Except(Headers).Any();

    internal void Offer(IReadOnlyList<ImportReading> readings) => (Readings, Reading, Verdicts) = (readings, null, null);

    // Headers of logs are compared as they are written, but for blanks around them.
    private IEnumerable<string> Headers => Header.Headers.Select(h => h.Trim());

    internal void Read(SheetInfo sheet, SheetTable table, FoundHeader header) =>
        (Sheet, Table, Header, Verdicts) = (sheet, table, header, null);

    internal SheetTable Load(SheetInfo sheet, CancellationToken ct) => _file.Read(sheet, null, ct);

    /// <summary>A person points at the row that names the columns, by its place among the table's rows.</summary>
    public void HeaderIs(int row) => (Header, Verdicts) = (HeaderFinder.At(Table, Kind.Columns, row), null);

    /// <summary>A person says which column of the sheet a column of the kind is; null is none.</summary>
    public void Map(string column, int? at)
    {
        var columns = Header.Columns.Where(c => c.Key != column && c.Value != at).ToDictionary();
        if (at is { } given) columns[column] = given;
        (Header, Verdicts) = (Header with { Columns = columns }, null);
    }

    public void Switch(string option, bool on)
    {
        var options = Options.ToHashSet();
        if (on) options.Add(option);
        else options.Remove(option);
        (Options, Verdicts) = (options, null);
    }

    internal ImportInput Input(Action<int> progress)
    {
        var columns = Header.Columns;
        return new ImportInput([.. Data.Select(row => new ImportRow(row, columns))], columns.Keys.ToHashSet(), Options)
        {
            CountsFrom1904 = Table.CountsFrom1904,
            Reading = Reading,
            Positions = Headers.Index().GroupBy(h => h.Item, h => h.Index).ToDictionary(g => g.Key, g => g.First()),
            Headers = Header.Headers.Count,
            Progress = progress,
        };
    }

    public async ValueTask DisposeAsync()
    {
        _file.Dispose();
        await _content.DisposeAsync();
    }
}
