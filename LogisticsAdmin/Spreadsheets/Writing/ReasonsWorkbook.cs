using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;
using SpreadCheetah;
using Cell = LogisticsAdmin.Spreadsheets.Reading.Cell;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// The uploaded file with a column that says what is wrong with each row, to be corrected and imported again. Cells are written as the text
/// that was read, which keeps leading zeros and long numbers, except days and numbers that have lost digits, which stay what they are; the
/// reasons column of an earlier round is replaced.
/// </summary>
public static class ReasonsWorkbook
{
    private const int SampleRows = 200;
    private const int MaxFrozenRows = 10;

    // From here on, Excel's numbers do not keep all digits.
    private const double FirstInexact = 1e15, LastDecimal = 1e28;

    /// <summary>Beyond this many blank rows they are left out, so that a file with a cell in the last row of a sheet stays small.</summary>
    private const int MaxBlankRows = 10_000;

    /// <summary>Title of the reasons column, by which a later import recognises it.</summary>
    public static readonly LocalName Title = LocalName.Of<SharedText>("Reasons.Column");

    /// <summary>
    /// Writes it in the reader's language. <paramref name="header"/> is an index into the table's rows; <paramref name="reasons"/> are keyed
    /// by Excel's row number. When all rows are written, each keeps its number, unless there are more than <see cref="MaxBlankRows"/> blank
    /// ones; rejected rows alone follow directly below the header.
    /// </summary>
    public static async Task WriteAsync(
        Stream to, SheetTable table, int header, IReadOnlyDictionary<int, string> reasons, bool onlyRejected, CancellationToken ct = default)
    {
        var rows = table.Rows;
        var keepsNumbers = rows[^1].Number - rows.Count <= MaxBlankRows;
        var headerNumber = NumberOf(header);
        var at = Enumerable.Range(0, table.Columns).FirstOrDefault(c => IsTitle(rows[header][c].Text), table.Columns);
        var columns = Math.Max(table.Columns, at + 1);

        var below = rows.Skip(header + 1).Where(r => !onlyRejected || reasons.ContainsKey(r.Number)).ToList();
        var isClose = onlyRejected || !keepsNumbers;
        var last = below.Count == 0 ? headerNumber : isClose ? headerNumber + below.Count : below[^1].Number;

        await using var file = await WorkbookWriter.StartAsync(to, ct);
        await file.StartSheetAsync(table.Name, Widths(), headerNumber <= MaxFrozenRows ? headerNumber : 0, headerNumber, last, ct);
        var cells = new StyledCell[columns];
        for (var i = 0; i <= header; i++) await WriteAsync(rows[i], NumberOf(i), i == header ? Title.ToString() : null);
        foreach (var (i, row) in below.Index()) await WriteAsync(row, isClose ? headerNumber + 1 + i : row.Number, reasons.GetValueOrDefault(row.Number));
        await file.FinishAsync(ct);

        int NumberOf(int index) => keepsNumbers ? rows[index].Number : index + 1;

        async ValueTask WriteAsync(SheetRow row, int number, string? reason)
        {
            var (isHeader, isAbove) = (number == headerNumber, number < headerNumber);
            for (var c = 0; c < columns; c++)
            {
                // A title that is merged over many columns was read into each of them.
                var isRepeated = isAbove && c > 0 && row[c] == row[c - 1];
                cells[c] = c == at && !isAbove ? file.Text(reason, isHeader ? CellStyle.RefusedHeader : CellStyle.Refused)
                    : isRepeated ? default : Copy(row[c], isHeader ? CellStyle.Header : CellStyle.Text);
            }
            await file.SkipToAsync(number, ct);
            await file.AddRowAsync(cells, ct);
        }

        // As text, a day or a number that has lost digits would pass for a code in the next round.
        StyledCell Copy(Cell cell, CellStyle style) => cell.Kind switch
        {
            CellKind.Date when SerialDate.Moment(cell.Number) is { } moment && moment.TimeOfDay == TimeSpan.Zero => file.Moment(moment, CellStyle.Day),
            CellKind.Number when Math.Abs(cell.Number) is >= FirstInexact and < LastDecimal => file.Number((decimal)cell.Number, CellStyle.Whole),
            _ => null,
        } ?? file.Text(cell.Text, style);

        IReadOnlyList<double> Widths()
        {
            var widths = Enumerable.Range(0, columns).Select(c => ColumnWidth.OfTitle(c == at ? Title.ToString() : rows[header][c].Text)).ToArray();
            foreach (var row in rows.Skip(header + 1).Take(SampleRows))
            {
                for (var c = 0; c < columns; c++)
                    widths[c] = Math.Max(widths[c], ColumnWidth.Of(c == at ? reasons.GetValueOrDefault(row.Number) : row[c].Text) + 1);
            }
            return [.. widths.Select(ColumnWidth.Clamp)];
        }
    }

    private static bool IsTitle(string text) => CleanText.Clean(text) is var typed && (typed == Title.Zh || typed == Title.En);
}
