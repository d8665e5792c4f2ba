using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// State of the wizard for one file: chosen sheet, header row, columns, and the verdicts of the last dry run, which any other choice
/// discards. The uploaded file is deleted when the session is disposed.
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

    /// <summary>Mappings that the person may choose from.</summary>
    public IReadOnlyList<FileMapping> Mappings { get; private set; } = [];

    /// <summary>The chosen mapping; null when the file is read column by column.</summary>
    public FileMapping? Mapping { get; private set; }

    /// <summary>Headers that the mapping needs and the file does not have.</summary>
    public IReadOnlyList<string> MissingHeaders => Mapping is null ? [] : [.. Mapping.Headers.Except(Headers)];

    /// <summary>Whether all required columns or headers are there.</summary>
    public bool IsComplete => Mapping is null ? MissingColumns.Count == 0 : MissingHeaders.Count == 0;

    /// <summary>Keys of the kind's options that are on.</summary>
    public IReadOnlySet<string> Options { get; private set; }

    /// <summary>Result of the dry run for each row; null until it ran with the current choices.</summary>
    public IReadOnlyList<RowVerdict>? Verdicts { get; internal set; }

    /// <summary>
    /// Numbers of the rows that the dry run left out because they hold nothing to import, such as sums and signatures; empty when the file is
    /// read by a mapping.
    /// </summary>
    public IReadOnlyList<int> IgnoredRows { get; private set; } = [];

    public ImportCounts? Counts => Verdicts is null ? null : ImportCounts.Of(Verdicts);

    /// <summary>Required columns that the file does not have.</summary>
    public IReadOnlyList<ImportColumn> MissingColumns => [.. Kind.Columns.Where(c => c.Required && !Header.Columns.ContainsKey(c.Key))];

    /// <summary>All rows below the header.</summary>
    public IEnumerable<SheetRow> DataRows => Table.Rows.Skip(Header.FirstData);

    /// <summary>Chooses a mapping, or none (null). A new mapping is added to <see cref="Mappings"/>.</summary>
    public void UseMapping(FileMapping? mapping)
    {
        if (mapping is not null)
            Mappings = Mappings.Any(r => r.Key == mapping.Key) ? [.. Mappings.Select(r => r.Key == mapping.Key ? mapping : r)] : [.. Mappings, mapping];
        (Mapping, Verdicts) = (mapping, null);
    }

    /// <summary>Whether the file has all headers of the mapping.</summary>
    internal bool HasHeadersOf(FileMapping mapping) => !mapping.Headers.Except(Headers).Any();

    internal void SetMappings(IReadOnlyList<FileMapping> mappings) => (Mappings, Mapping, Verdicts) = (mappings, null, null);

    // Mappings refer to headers literally, except for blanks around them.
    private IEnumerable<string> Headers => Header.Headers.Select(h => h.Trim());

    internal void SetSheet(SheetInfo sheet, SheetTable table, FoundHeader header) =>
        (Sheet, Table, Header, Verdicts) = (sheet, table, header, null);

    internal SheetTable ReadSheet(SheetInfo sheet, CancellationToken ct) => _file.Read(sheet, null, ct);

    /// <summary>Chooses the header row by its index among the table's rows.</summary>
    public void SetHeaderRow(int row) => (Header, Verdicts) = (HeaderFinder.At(Table, Kind.Columns, row), null);

    /// <summary>Chooses the sheet's column for a column of the kind; null for none.</summary>
    public void MapColumn(string column, int? at)
    {
        var columns = Header.Columns.Where(c => c.Key != column && c.Value != at).ToDictionary();
        if (at is { } given) columns[column] = given;
        (Header, Verdicts) = (Header with { Columns = columns }, null);
    }

    public void SetOption(string option, bool on)
    {
        var options = Options.ToHashSet();
        if (on) options.Add(option);
        else options.Remove(option);
        (Options, Verdicts) = (options, null);
    }

    internal ImportInput Input(Action<int> progress)
    {
        var columns = Header.Columns;
        var fields = Table.Rows.Take(Header.FirstData).Skip(Math.Max(0, Header.Row - 1)).Max(r => r.Record?.Fields ?? int.MaxValue);
        var ignored = Mapping is not null || columns.Count == 0 ? []
            : DataRows.Where(r => Spreadsheets.Importing.IgnoredRows.Contains(r, Kind.Columns, columns)).Select(r => r.Number).ToHashSet();
        IgnoredRows = [.. ignored];
        var rows = Table.Rows.Index().Skip(Header.FirstData).Where(r => !ignored.Contains(r.Item.Number))
            .Select(r => new ImportRow(r.Item, Table.Ordinal(Header.FirstData - 1, r.Index), columns, fields));
        return new ImportInput([.. rows], columns.Keys.ToHashSet(), Options)
        {
            CountsFrom1904 = Table.CountsFrom1904,
            Titles = columns.ToDictionary(c => c.Key, c => Header.Headers[c.Value]),
            Mapping = Mapping,
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
