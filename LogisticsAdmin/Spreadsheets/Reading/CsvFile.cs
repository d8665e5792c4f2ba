using CsvHelper;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Spreadsheets.Reading;

/// <summary>
/// A text file whose columns are separated by commas, tabs or semicolons. All its cells are text. A quote that is never closed, or that
/// closes lines later in the middle of a value, is refused with its line, because the rows in between would be lost.
/// </summary>
internal sealed class CsvFile : SheetFile
{
    private const string Hint = "sep=";

    // Ctrl+Z, which programs of the DOS age write.
    private const char EndOfFile = '\u001A';

    private readonly Stream _stream;
    private readonly CsvText _text;

    private CsvFile(Stream stream, CsvText text, string name, SheetLimits limits, TimeProvider clock) : base(limits, clock)
    {
        (_stream, _text) = (stream, text);
        Sheets = [new SheetInfo(0, name, false)];
    }

    public override IReadOnlyList<SheetInfo> Sheets { get; }

    public static CsvFile Open(Stream stream, string name, SheetLimits limits, TimeProvider clock, ReadBudget budget) =>
        new(stream, CsvText.Of(stream, budget), name, limits, clock);

    public override void Dispose()
    {
    }

    private protected override SheetTable Read(SheetInfo sheet, ReadBudget budget)
    {
        _stream.Position = _text.Start;
        HashSet<long> withTextAfterQuote = [];
        using var csv = CsvReader.Create(_stream, new CsvReaderOptions
        {
            Encoding = _text.Encoding,
            Separator = _text.Separator,
            HasHeader = false,
            SkipEmptyLines = false,
            TrackLineNumbers = true,
            PoolStrings = true,
            MaxRecordSize = SheetLimits.Mebi,
            OnMalformedRecord = record =>
            {
                // Excel reads "ab"c as abc too; but when the field spans lines, its first quote was a typing error.
                var isTextAfterQuote = record.Reason == CsvMalformedReason.TextAfterClosingQuote;
                if (record.Reason == CsvMalformedReason.UnterminatedQuote || isTextAfterQuote && record.RawRecord.Contains('\n', StringComparison.Ordinal))
                    throw Rejected.Because<SpreadsheetsText>("QuoteOpen", record.LineNumber);
                if (isTextAfterQuote) withTextAfterQuote.Add(record.LineNumber);
            },
        }, leaveOpen: true);
        var table = new TableBuilder(budget);
        var (row, ordinal) = (0, 0);
        while (Read(csv))
        {
            budget.Check();
            if (row == 0 && csv.LineNumber == 1 && csv.FieldCount <= 2 && csv.GetString(0).StartsWith(Hint, StringComparison.OrdinalIgnoreCase)) continue;
            row++;
            if (csv.FieldCount > 1 || csv.GetString(0).Length > 0) ordinal++;
            var hasOpenQuote = false;
            for (var column = 0; column < csv.FieldCount; column++)
            {
                var text = Plain(csv, column, out var isOpen);
                hasOpenQuote |= isOpen;
                if (string.IsNullOrWhiteSpace(text)) continue;
                if (text.Length > budget.Limits.CellCharacters) throw Rejected.Because<SpreadsheetsText>("TextTooLong", budget.Limits.CellCharacters);
                budget.CountText(text.Length);
                table.SetCell(column, new Cell(CellKind.Text, text));
            }
            table.EndRow(row, false, new CsvRecord((int)csv.LineNumber, ordinal, csv.FieldCount, withTextAfterQuote.Contains(csv.LineNumber), hasOpenQuote));
        }
        return table.Build(sheet.Name, [], _ => false, countsFrom1904: false, formulasWithoutValue: 0);
    }

    /// <summary>A record beyond the size limit comes from a quote that is not closed.</summary>
    private static bool Read(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw Rejected.Because<SpreadsheetsText>("QuoteOpen", e.LineNumber);
        }
    }

    /// <summary>
    /// Some programs write ="00123" so that Excel keeps the zeros, a space between separator and quote, or Ctrl+Z at the end of the file.
    /// </summary>
    private static string Plain(CsvReader csv, int column, out bool isOpen)
    {
        isOpen = false;
        var text = csv.GetString(column);
        if (text.EndsWith(EndOfFile)) text = text.TrimEnd(EndOfFile);
        if (text.Length > 3 && text.StartsWith("=\"", StringComparison.Ordinal) && text[^1] == '"') return text[2..^1];
        if (text is not [' ' or '\t', ..] || text.AsSpan().Trim() is not ['"', ..] quoted || csv.GetRawSpan(column) is [(byte)'"', ..]) return text;
        isOpen = quoted.Count('"') % 2 != 0;
        return !isOpen && quoted[^1] == '"' ? quoted[1..^1].ToString().Replace("\"\"", "\"", StringComparison.Ordinal) : text;
    }
}
