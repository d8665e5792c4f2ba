using System.Buffers;
using System.Globalization;
using System.Text;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using SpreadCheetah;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// Writes a list of any length to a file, row by row. Text stays text even if it looks like a number, a date or a formula; times are
/// those of the office. A value that its column's format can't hold (a number in words, a day before 1900) is written as text.
/// </summary>
public sealed class ExportWriter(OfficeTime office)
{
    /// <summary>Number of first rows from which the column widths are estimated.</summary>
    private const int SampleRows = 200;
    private const int CsvFlushAt = 32 * 1024;

    /// <summary>Excel rounds larger numbers, so they are written as text.</summary>
    private const decimal MaxExact = 999_999_999_999_999;

    /// <summary>All decimals, no exponent.</summary>
    private const string WholeInCsv = "0.############################";

    /// <summary>Rows of a sheet below its header; tests use a smaller number.</summary>
    internal int RowsPerSheet { get; init; } = WorkbookWriter.LastRow - 1;

    public Task WriteAsync<T>(Stream to, ExportFormat format, string name,
        IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct = default) =>
        format == ExportFormat.Csv ? WriteCsvAsync(to, columns, rows, ct) : WriteXlsxAsync(to, name, columns, rows, ct);

    /// <summary>
    /// A workbook with typed cells, a bold, frozen header with a filter, and columns as wide as their first rows need. Rows beyond Excel's
    /// limit continue on another sheet. When <paramref name="rows"/> or the stream fails, the file is not a valid zip.
    /// </summary>
    public async Task WriteXlsxAsync<T>(Stream to, string sheet,
        IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct = default)
    {
        await using var source = rows.GetAsyncEnumerator(ct);
        var first = await TakeAsync(source, SampleRows);
        var widths = columns.Select(c => WidthOf(c, first)).ToList();
        await using var file = await WorkbookWriter.StartAsync(to, ct);
        var cells = new StyledCell[columns.Count];
        var (row, written) = (0, 0);
        foreach (var item in first) await WriteRowAsync(item);
        while (first.Count == SampleRows && await source.MoveNextAsync()) await WriteRowAsync(source.Current);
        if (row == 0) await StartSheetAsync();
        await file.FinishAsync(ct);

        async ValueTask StartSheetAsync()
        {
            // The length of a longer list is not known yet, so its filter covers the whole sheet.
            var left = first.Count == SampleRows ? RowsPerSheet : Math.Min(first.Count - written, RowsPerSheet);
            await file.StartSheetAsync(sheet, widths, frozen: 1, filterRow: 1, lastRow: left + 1, ct);
            for (var i = 0; i < cells.Length; i++) cells[i] = file.Text(columns[i].Title, CellStyle.Header);
            await file.AddRowAsync(cells, ct);
            row = 1;
        }

        async ValueTask WriteRowAsync(T item)
        {
            if (row == 0 || row > RowsPerSheet) await StartSheetAsync();
            for (var i = 0; i < cells.Length; i++) cells[i] = CellOf(file, columns[i].Format, columns[i].Value(item));
            await file.AddRowAsync(cells, ct);
            (row, written) = (row + 1, written + 1);
        }
    }

    /// <summary>
    /// CSV according to RFC 4180 with ISO dates, in UTF-8 with a byte order mark, without which Excel shows Chinese wrong. Text that a
    /// spreadsheet would run as a formula gets a leading apostrophe.
    /// </summary>
    public async Task WriteCsvAsync<T>(Stream to, IReadOnlyList<ExportColumn<T>> columns, IAsyncEnumerable<T> rows, CancellationToken ct = default)
    {
        var buffer = new ArrayBufferWriter<byte>(2 * CsvFlushAt);
        buffer.Write(Encoding.UTF8.Preamble);
        foreach (var (i, column) in columns.Index())
        {
            if (i > 0) buffer.Write(","u8);
            CellText.WriteCsv(buffer, column.Title);
        }
        buffer.Write("\r\n"u8);
        await foreach (var row in rows.WithCancellation(ct))
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (i > 0) buffer.Write(","u8);
                WriteField(buffer, columns[i].Format, columns[i].Value(row));
            }
            buffer.Write("\r\n"u8);
            if (buffer.WrittenCount < CsvFlushAt) continue;
            await to.WriteAsync(buffer.WrittenMemory, ct);
            buffer.ResetWrittenCount();
        }
        await to.WriteAsync(buffer.WrittenMemory, ct);
    }

    private StyledCell CellOf(WorkbookWriter file, ColumnFormat format, object? value)
    {
        if (value is null) return default;
        var typed = format switch
        {
            ColumnFormat.Whole when ExactNumberOf(value) is { } number => file.Number(number, CellStyle.Whole),
            ColumnFormat.Amount when ExactNumberOf(value) is { } number => file.Number(Math.Round(number, 2, MidpointRounding.AwayFromZero), CellStyle.Amount),
            ColumnFormat.Day when LocalTimeOf(value) is { } local => file.Moment(local, CellStyle.Day),
            ColumnFormat.Moment when LocalTimeOf(value) is { } local => file.Moment(local, CellStyle.Moment),
            _ => null,
        };
        return typed ?? file.Text(TextOf(value, format));
    }

    private void WriteField(IBufferWriter<byte> buffer, ColumnFormat format, object? value)
    {
        if (value is null) return;
        if (format is ColumnFormat.Whole or ColumnFormat.Amount && NumberOf(value) is { } number)
            Encoding.UTF8.GetBytes(number.ToString(format == ColumnFormat.Whole ? WholeInCsv : "0.00", CultureInfo.InvariantCulture), buffer);
        else
            CellText.WriteCsv(buffer, TextOf(value, format));
    }

    private double WidthOf<T>(ExportColumn<T> column, IReadOnlyList<T> rows)
    {
        var width = ColumnWidth.OfTitle(column.Title);
        foreach (var row in rows)
            if (column.Value(row) is { } value) width = Math.Max(width, ColumnWidth.Of(Shown(column.Format, value)) + 1);
        return ColumnWidth.Clamp(width);
    }

    private string Shown(ColumnFormat format, object value) => format switch
    {
        ColumnFormat.Amount when NumberOf(value) is { } amount => amount.ToString("N2", CultureInfo.InvariantCulture),
        _ => TextOf(value, format),
    };

    private string TextOf(object value, ColumnFormat format) => value switch
    {
        string text => TypedText.WithApostrophe(text),
        DateTimeOffset or DateOnly or DateTime => LocalTimeOf(value)!.Value.ToString(
            format == ColumnFormat.Day || value is DateOnly ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
        IFormattable number when format is ColumnFormat.Whole or ColumnFormat.Amount => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>Day or moment in the office's time zone; null for other values.</summary>
    private DateTime? LocalTimeOf(object value) => value switch
    {
        DateTimeOffset moment => office.Local(moment).DateTime,
        DateOnly day => day.ToDateTime(TimeOnly.MinValue),
        DateTime local => local,
        _ => null,
    };

    private static decimal? ExactNumberOf(object value) => NumberOf(value) is { } number && Math.Abs(number) <= MaxExact ? number : null;

    private static decimal? NumberOf(object value) => value switch
    {
        decimal number => number,
        Money amount => amount.Yuan,
        int or long or short or byte => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        double number when Math.Abs(number) < 1e15 => (decimal)number,
        _ => null,
    };

    private static async Task<List<T>> TakeAsync<T>(IAsyncEnumerator<T> rows, int count)
    {
        List<T> taken = [];
        while (taken.Count < count && await rows.MoveNextAsync()) taken.Add(rows.Current);
        return taken;
    }
}
