using System.Buffers;
using System.Drawing;
using System.Globalization;
using SpreadCheetah;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>
/// Writes a workbook row by row through SpreadCheetah, forwards and asynchronously only, so that it can be streamed to a browser with few rows
/// in memory. Rows and columns count from 1. An unfinished workbook has no zip directory, so no program mistakes it for a complete one.
/// </summary>
internal sealed class WorkbookWriter : IAsyncDisposable
{
    public const int LastRow = 1_048_576;

    /// <summary>Excel counts a 29 February 1900 that did not exist, so earlier days would be shown wrong.</summary>
    private static readonly DateOnly FirstDay = new(1900, 3, 1);

    private static readonly SpreadCheetahOptions Options = new()
    {
        // Other readers rely on cell references, and leading and trailing spaces count.
        WriteCellReferenceAttributes = true,
        PreserveStringWhitespace = true,
        DefaultDateTimeFormat = null,
        DocumentProperties = null,
    };

    private readonly PendingBytes _pending;
    private readonly Spreadsheet _book;
    private readonly Stream _to;
    private readonly StyleId[] _styles;
    private readonly List<string> _names = [];

    private WorkbookWriter(Stream to, PendingBytes pending, Spreadsheet book)
    {
        (_to, _pending, _book) = (to, pending, book);
        _styles = [.. Enum.GetValues<CellStyle>().Select(s => book.AddStyle(StyleOf(s)))];
    }

    public static async Task<WorkbookWriter> StartAsync(Stream to, CancellationToken ct)
    {
        var pending = new PendingBytes();
        return new WorkbookWriter(to, pending, await Spreadsheet.CreateNewAsync(pending, Options, ct));
    }

    /// <summary>
    /// Starts a sheet with one column per width. The first <paramref name="frozen"/> rows stay visible when scrolling;
    /// <paramref name="filterRow"/> filters the rows below it down to <paramref name="lastRow"/>.
    /// </summary>
    public async Task StartSheetAsync(string name, IReadOnlyList<double> widths, int frozen, int filterRow, int lastRow, CancellationToken ct)
    {
        _names.Add(SheetName.Of(name, _names.Count + 1, _names));
        var options = new WorksheetOptions
        {
            FrozenRows = frozen > 0 ? frozen : null,
            AutoFilter = new AutoFilterOptions(string.Create(CultureInfo.InvariantCulture,
                $"A{filterRow}:{SpreadsheetUtility.GetColumnName(widths.Count)}{lastRow}")),
        };
        foreach (var (i, width) in widths.Index()) options.Column(i + 1).Width = width;
        await _book.StartWorksheetAsync(_names[^1], options, ct);
    }

    public StyledCell Text(string? text, CellStyle style = CellStyle.Text) =>
        string.IsNullOrEmpty(text) ? default : new StyledCell(CellText.ForWorkbook(text), _styles[(int)style]);

    public StyledCell Number(decimal number, CellStyle style) => new(number, _styles[(int)style]);

    /// <summary>A day, or a moment to the minute; null for what Excel can't count.</summary>
    public StyledCell? Moment(DateTime local, CellStyle style)
    {
        if (DateOnly.FromDateTime(local) < FirstDay) return null;
        return new StyledCell(style == CellStyle.Day ? local.Date : local.Date.AddMinutes((local.Hour * 60) + local.Minute), _styles[(int)style]);
    }

    /// <summary>Leaves rows empty, so that the next one added gets this number.</summary>
    public async ValueTask SkipToAsync(int row, CancellationToken ct)
    {
        while (_book.NextRowNumber < row) await AddRowAsync(default, ct);
    }

    public async ValueTask AddRowAsync(ReadOnlyMemory<StyledCell> cells, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await _book.AddRowAsync(cells, ct);
        await _pending.SendAsync(_to, ct);
    }

    public async Task FinishAsync(CancellationToken ct)
    {
        await _book.FinishAsync(ct);
        await _pending.SendAsync(_to, ct);
    }

    /// <summary>After a failure, what the zip still writes is discarded.</summary>
    public async ValueTask DisposeAsync()
    {
        await _book.DisposeAsync();
        await _pending.DisposeAsync();
    }

    private static Style StyleOf(CellStyle style) => new()
    {
        Format = style switch
        {
            CellStyle.Whole => NumberFormat.Standard(StandardNumberFormat.NoDecimalPlaces),
            CellStyle.Amount => NumberFormat.Standard(StandardNumberFormat.ThousandsSeparatorTwoDecimalPlaces),
            CellStyle.Day => NumberFormat.Custom(@"yyyy\-mm\-dd"),
            CellStyle.Moment => NumberFormat.Custom(@"yyyy\-mm\-dd\ hh:mm"),
            _ => NumberFormat.Standard(StandardNumberFormat.Text),
        },
        Font = new SpreadCheetah.Styling.Font
        {
            Bold = style is CellStyle.Header or CellStyle.RefusedHeader,
            Color = style is CellStyle.Refused or CellStyle.RefusedHeader ? Color.FromArgb(0xFF, 0xC0, 0x00, 0x00) : null,
        },
        Fill = new Fill { Color = style is CellStyle.Header or CellStyle.RefusedHeader ? Color.FromArgb(0xFF, 0xEE, 0xF1, 0xF4) : null },
    };

    /// <summary>
    /// Buffers what the zip has written but has not been sent yet. The zip ends its entries with synchronous writes, which an HTTP response
    /// refuses; they are buffered here and sent asynchronously.
    /// </summary>
    private sealed class PendingBytes : Stream
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(128 * 1024);

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async ValueTask SendAsync(Stream to, CancellationToken ct)
        {
            if (_bytes.WrittenCount == 0) return;
            await to.WriteAsync(_bytes.WrittenMemory, ct);
            _bytes.ResetWrittenCount();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _bytes.Write(buffer);
        public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        {
            Write(buffer.AsSpan(offset, count));
            return Task.CompletedTask;
        }

        public override void Flush() { }
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
