using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace LogisticsAdmin.Spreadsheets.Writing;

/// <summary>The looks of cells; the numbers are positions in <see cref="XlsxParts.Styles"/>.</summary>
internal enum CellStyle
{
    General = 0,
    Header = 1,

    /// <summary>Stays text when somebody edits it, so that a sign in front of it starts no formula even then.</summary>
    Text = 2,
    Whole = 3,
    Amount = 4,
    Day = 5,
    Moment = 6,
    Refused = 7,
    RefusedHeader = 8,
}

/// <summary>
/// Writes a workbook row by row, asynchronously and forwards only, so that it can go straight to a browser: nothing but the current
/// rows is in memory. Columns and rows count from 1. What breaks off half-way leaves a file that no program takes for a whole one.
/// </summary>
internal sealed class XlsxWriter : IDisposable
{
    /// <summary>Excel's last row.</summary>
    public const int LastRow = 1_048_576;
    private const int FlushAt = 48 * 1024;

    /// <summary>Excel miscounts what comes before the leap day that 1900 did not have.</summary>
    private static readonly DateOnly FirstDay = new(1900, 3, 1);
    private static readonly int DayZero = new DateOnly(1899, 12, 30).DayNumber;

    private readonly Outbox _outbox = new();
    private readonly List<XlsxSheet> _sheets = [];
    private readonly ArrayBufferWriter<byte> _buffer = new(2 * FlushAt);
    private readonly ZipArchive _zip;
    private readonly Stream _to;
    private byte[][] _letters = [];
    private Stream? _part;
    private int _row;

    private XlsxWriter(Stream to) => (_to, _zip) = (to, new ZipArchive(_outbox, ZipArchiveMode.Create, leaveOpen: true));

    public static async Task<XlsxWriter> BeginAsync(Stream to, CancellationToken ct)
    {
        var writer = new XlsxWriter(to);
        writer.Part("[Content_Types].xml", XlsxParts.ContentTypes);
        writer.Part("_rels/.rels", XlsxParts.Relations);
        await writer._outbox.SendAsync(to, ct);
        return writer;
    }

    /// <summary>Begins a sheet of so many columns; the rows down to <paramref name="frozen"/> stay in sight.</summary>
    public void BeginSheet(string name, IReadOnlyList<double> widths, int frozen)
    {
        var number = _sheets.Count + 1;
        _sheets.Add(new XlsxSheet(SheetName.Of(name, number, _sheets.Select(s => s.Name)), widths.Count, frozen));
        _letters = [.. Enumerable.Range(1, widths.Count).Select(c => Encoding.ASCII.GetBytes(XlsxParts.Letters(c)))];
        _part = _zip.CreateEntry($"xl/worksheets/sheet{number}.xml", CompressionLevel.Fastest).Open();
        _row = 0;
        Raw(XlsxParts.SheetHead(widths, frozen, isFirst: number == 1));
    }

    public void BeginRow(int row)
    {
        _row = row;
        _buffer.Write("<row r=\""u8);
        Number(row);
        _buffer.Write("\">"u8);
    }

    public void Text(int column, ReadOnlySpan<char> text, CellStyle style = CellStyle.Text)
    {
        if (text.IsEmpty) return;
        Cell(column, style, isText: true);
        CellText.WriteXml(_buffer, text);
        _buffer.Write("</t></is></c>"u8);
    }

    public void Number(int column, decimal number, CellStyle style)
    {
        Cell(column, style, isText: false);
        Number(number);
        _buffer.Write("</v></c>"u8);
    }

    /// <summary>A day, or a wall clock's moment to the minute. False for what Excel can't count.</summary>
    public bool TryMoment(int column, DateTime wall, CellStyle style)
    {
        var day = DateOnly.FromDateTime(wall);
        if (day < FirstDay) return false;
        Cell(column, style, isText: false);
        var minutes = style == CellStyle.Moment ? (wall.Hour * 60) + wall.Minute : 0;
        if (minutes == 0) Number(day.DayNumber - DayZero);
        else Number(day.DayNumber - DayZero + (minutes / 1440.0));
        _buffer.Write("</v></c>"u8);
        return true;
    }

    public ValueTask EndRowAsync(CancellationToken ct)
    {
        _buffer.Write("</row>"u8);
        return _buffer.WrittenCount < FlushAt ? ValueTask.CompletedTask : FlushAsync(ct);
    }

    /// <summary>Ends the sheet; the rows behind <paramref name="filterRow"/>, if there is one, can be filtered by it.</summary>
    public async Task EndSheetAsync(int filterRow, CancellationToken ct)
    {
        var sheet = _sheets[^1] with { FilterRow = filterRow, LastRow = Math.Max(_row, filterRow) };
        _sheets[^1] = sheet;
        Raw(XlsxParts.SheetFoot(sheet));
        await FlushAsync(ct);
        _part!.Dispose();
        _part = null;
    }

    /// <summary>Only now it is a workbook.</summary>
    public async Task FinishAsync(CancellationToken ct)
    {
        Part("xl/styles.xml", XlsxParts.Styles);
        Part("xl/workbook.xml", XlsxParts.Workbook(_sheets));
        Part("xl/_rels/workbook.xml.rels", XlsxParts.WorkbookRelations(_sheets.Count));
        _zip.Dispose();
        await _outbox.SendAsync(_to, ct);
    }

    /// <summary>Unfinished, what the zip says now is sent to nobody.</summary>
    public void Dispose()
    {
        _part?.Dispose();
        _zip.Dispose();
        _outbox.Dispose();
    }

    private void Part(string path, string xml)
    {
        using var part = _zip.CreateEntry(path, CompressionLevel.Fastest).Open();
        part.Write(Encoding.UTF8.GetBytes(xml));
    }

    private void Cell(int column, CellStyle style, bool isText)
    {
        _buffer.Write("<c r=\""u8);
        _buffer.Write(_letters[column - 1]);
        Number(_row);
        _buffer.Write("\" s=\""u8);
        Number((int)style);
        // White space at the ends counts.
        _buffer.Write(isText ? "\" t=\"inlineStr\"><is><t xml:space=\"preserve\">"u8 : "\"><v>"u8);
    }

    private void Number<T>(T number) where T : IUtf8SpanFormattable
    {
        number.TryFormat(_buffer.GetSpan(64), out var written, default, CultureInfo.InvariantCulture);
        _buffer.Advance(written);
    }

    private void Raw(string xml) => Encoding.UTF8.GetBytes(xml, _buffer);

    private ValueTask FlushAsync(CancellationToken ct)
    {
        _part!.Write(_buffer.WrittenSpan);
        _buffer.ResetWrittenCount();
        return _outbox.SendAsync(_to, ct);
    }

    /// <summary>
    /// What the zip has ready. It ends its entries with writes that wait, which a browser's connection refuses: so it writes here, and we
    /// send it on.
    /// </summary>
    private sealed class Outbox : Stream
    {
        private readonly ArrayBufferWriter<byte> _ready = new(2 * FlushAt);

        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public async ValueTask SendAsync(Stream to, CancellationToken ct)
        {
            if (_ready.WrittenCount == 0) return;
            await to.WriteAsync(_ready.WrittenMemory, ct);
            _ready.ResetWrittenCount();
        }

        public override void Write(ReadOnlySpan<byte> buffer) => _ready.Write(buffer);
        public override void Write(byte[] buffer, int offset, int count) => _ready.Write(buffer.AsSpan(offset, count));
        public override void Flush() { }
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
