using System.Text;
using CsCheck;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Spreadsheets.Writing;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets.Writing;

/// <summary>Exported workbooks, read back by an independent library and checked by their XML.</summary>
public sealed class XlsxExportTests
{
    private static readonly DateTimeOffset LateEvening = new(2026, 11, 22, 17, 5, 42, TimeSpan.Zero);

    private sealed record Line(string? Text, int? Whole = null, decimal? Amount = null, DateOnly? Day = null, DateTimeOffset? Moment = null);

    private static readonly ExportColumn<Line>[] Columns =
    [
        new("编号", l => l.Text),
        new("数量", l => l.Whole, ColumnFormat.Whole),
        new("金额", l => l.Amount, ColumnFormat.Amount),
        new("日期", l => l.Day, ColumnFormat.Day),
        new("时间", l => l.Moment, ColumnFormat.Moment),
    ];

    [Fact]
    public async Task Cells_keep_their_types()
    {
        var file = await WriteAsync(new Line("007", 12, 1234.5m, new DateOnly(2026, 11, 22), LateEvening), new Line(null));

        Assert.Equal(["编号", "数量", "金额", "日期", "时间"], file.Rows[0]);
        // 17:05 UTC is 01:05 of the next day in the office.
        Assert.Equal(["007", 12d, 1234.5d, new DateTime(2026, 11, 22), new DateTime(2026, 11, 23, 1, 5, 0)], file.Rows[1]);
        Assert.All(file.Rows[2], Assert.Null);
        Assert.Equal(["49", "1", "4", @"yyyy\-mm\-dd", @"yyyy\-mm\-dd\ hh:mm"], new[] { "A2", "B2", "C2", "D2", "E2" }.Select(file.FormatOf));
    }

    [Fact]
    public async Task What_a_format_cannot_hold_is_written_as_text()
    {
        var columns = new ExportColumn<object>[]
        {
            new("数量", _ => 123456789012345678L, ColumnFormat.Whole), new("数", _ => "约三个", ColumnFormat.Whole),
            new("日期", _ => new DateOnly(1899, 12, 31), ColumnFormat.Day), new("何时", _ => "启用时", ColumnFormat.Moment), new("类别", v => v),
        };
        var file = new ReadBack(await ReadBack.ExportAsync<object>([new LocalName("水", "Water")], ExportFormat.Xlsx, columns));

        Assert.Equal(["123456789012345678", "约三个", "1899-12-31", "启用时", $"{new LocalName("水", "Water")}"], file.Rows[1]);
    }

    [Fact]
    public async Task The_products_own_reader_reads_an_export_as_it_was()
    {
        var exported = await ReadBack.ExportAsync(
            [new Line("000123", 12, 1234.5m, new DateOnly(2026, 11, 22), LateEvening), new Line(" _x0041_ ", -3, 0.05m)], ExportFormat.Xlsx, Columns);
        using var stream = new MemoryStream(exported);
        var table = Workbooks.Read(stream, "清单.xlsx");

        Assert.Equal("清单", table.Name);
        Assert.Equal(["1: 编号|数量|金额|日期|时间", "2: 000123|12|1234.5|2026-11-22|2026-11-23 01:05:00", "3:  _x0041_ |-3|0.05"], table.AsText());
        Assert.Equal([CellKind.Text, CellKind.Number, CellKind.Number, CellKind.Date, CellKind.Date], table.Rows[1].Cells.Select(c => c.Kind));
    }

    [Fact]
    public async Task The_header_is_bold_stays_in_sight_and_filters()
    {
        var file = await WriteAsync(new Line("a"), new Line("b"));

        Assert.Single(ReadBack.All(file.FontOf("A1"), "b"));
        Assert.Empty(ReadBack.All(file.FontOf("A2"), "b"));
        var pane = Assert.Single(ReadBack.All(file.Sheet(), "pane"));
        Assert.Equal(("1", "A2", "frozen"), ((string?)pane.Attribute("ySplit"), (string?)pane.Attribute("topLeftCell"), (string?)pane.Attribute("state")));
        Assert.Equal("A1:E3", (string?)Assert.Single(ReadBack.All(file.Sheet(), "autoFilter")).Attribute("ref"));
    }

    [Fact]
    public async Task It_satisfies_the_schema_of_Excel()
    {
        using var to = new MemoryStream();
        await new ExportWriter(ReadBack.Office) { RowsPerSheet = 3 }.WriteXlsxAsync(to, "A & 'B' <清单>", Columns, ManyAsync(7),
            TestContext.Current.CancellationToken);
        Assert.Empty(new ReadBack(to.ToArray()).SchemaErrors);
        Assert.Empty((await WriteAsync()).SchemaErrors);
    }

    [Fact]
    public async Task An_empty_list_is_a_header()
    {
        var file = await WriteAsync();
        Assert.Equal("编号", Assert.Single(file.Rows)[0]);
        Assert.Equal("A1:E1", (string?)Assert.Single(ReadBack.All(file.Sheet(), "autoFilter")).Attribute("ref"));
    }

    [Fact]
    public async Task Columns_are_as_wide_as_their_first_rows_need()
    {
        var widths = (await WriteAsync(new Line("竹园3号楼 512"), new Line(new string('长', 200)), new Line("第一行\n第二行长一点", 1))).Widths();
        Assert.Equal(60, widths[0]);
        Assert.InRange(widths[1], 6, 8);

        var narrow = (await WriteAsync(new Line("竹园3号楼 512", 1, 1m, new DateOnly(2026, 1, 1), LateEvening))).Widths();
        Assert.InRange(narrow[0], 14, 17);
        Assert.InRange(narrow[3], 11, 13);
        Assert.InRange(narrow[4], 17, 20);
    }

    [Fact]
    public async Task The_filter_reaches_down_to_the_last_row_of_a_list_however_long()
    {
        Assert.Equal("A1:E200", await FilterAsync(199));
        // The length of a longer list is not known when its sheet is started.
        Assert.Equal("A1:E1048576", await FilterAsync(201));

        static async Task<string?> FilterAsync(int rows)
        {
            var lines = await ManyAsync(rows).ToArrayAsync(TestContext.Current.CancellationToken);
            return (string?)Assert.Single(ReadBack.All((await WriteAsync(lines)).Sheet(), "autoFilter")).Attribute("ref");
        }
    }

    [Theory]
    [InlineData("=1+1")]
    [InlineData("+86 138")]
    [InlineData("-2+3")]
    [InlineData("@SUM(A1)")]
    [InlineData("＝HYPERLINK(\"http://x\")")]
    [InlineData("\t=cmd|' /C calc'!A0")]
    public async Task No_text_is_a_formula(string text)
    {
        var file = await WriteAsync(new Line(text));

        Assert.Empty(ReadBack.All(file.Sheet(), "f"));
        Assert.Equal("inlineStr", (string?)file.Cell("A2").Attribute("t"));
        Assert.Equal(text, Assert.Single(ReadBack.All(file.Cell("A2"), "t")).Value);
        // Stays text when somebody edits the cell.
        Assert.Equal("49", file.FormatOf("A2"));
    }

    [Theory]
    [InlineData("a\u0000b\u0001c\u001Fd\uFFFEe\uFFFFf", "abcdef")]
    [InlineData("😀 𠮷", "😀 𠮷")]
    [InlineData("a\r\nb\rc\nd", "a\nb\nc\nd")]
    [InlineData("  两头有空格  ", "  两头有空格  ")]
    [InlineData("<a href=\"x\">&amp;</a>]]>", "<a href=\"x\">&amp;</a>]]>")]
    [InlineData("_x0041_ _x000D_ _x_ _", "_x0041_ _x000D_ _x_ _")]
    public async Task Awkward_text_comes_through(string text, string read) => Assert.Equal(read, (await WriteAsync(new Line(text))).Rows[1][0]);

    // Not a theory, because the test runner can't pass lone surrogates.
    [Fact]
    public async Task Half_characters_do_not_break_the_file()
    {
        var file = await WriteAsync(new Line("半\uD800个"), new Line("尾\uDC00"), new Line("头\uD83D"));
        Assert.Equal(["半\uFFFD个", "尾\uFFFD", "头\uFFFD"], file.Rows.Skip(1).Select(r => r[0]));
    }

    [Fact]
    public Task Any_text_comes_through() => Gen.String.SampleAsync(async text =>
    {
        var read = (await WriteAsync(new Line("x" + text))).Rows[1][0];
        Assert.Equal("x" + Printable(text), read);
    }, iter: 300, threads: 1);

    [Fact]
    public async Task Only_what_exceeds_a_cell_is_cut()
    {
        var file = await WriteAsync(new Line(new string('长', 32_767)), new Line(new string('a', 32_768)), new Line(new string('a', 32_765) + "😀😀"));

        Assert.Equal(new string('长', 32_767), file.Rows[1][0]);
        Assert.Equal(new string('a', 32_766) + "…", file.Rows[2][0]);
        // The text is not cut between the surrogates of a character.
        Assert.Equal(new string('a', 32_765) + "…", file.Rows[3][0]);
    }

    [Fact]
    public async Task What_exceeds_a_sheet_goes_on_in_a_further_one()
    {
        using var to = new MemoryStream();
        var lines = Enumerable.Range(1, 7).Select(n => new Line($"{n}")).ToAsyncEnumerable();
        await new ExportWriter(ReadBack.Office) { RowsPerSheet = 3 }.WriteXlsxAsync(to, "清单", Columns, lines, TestContext.Current.CancellationToken);

        var file = new ReadBack(to.ToArray());
        Assert.Equal(["清单", "清单 2", "清单 3"], file.Sheets.Select(s => s.Name));
        Assert.Equal([4, 4, 2], file.Sheets.Select(s => s.Rows.Count));
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7"], file.Sheets.SelectMany(s => s.Rows.Skip(1)).Select(r => r[0]));
        Assert.Equal("A1:E2", (string?)Assert.Single(ReadBack.All(file.Sheet(3), "autoFilter")).Attribute("ref"));
    }

    [Theory]
    [InlineData("报修单 [全部]: 1/2?*\\", "报修单 全部 12")]
    [InlineData("'引号'", "引号")]
    [InlineData("", "Sheet")]
    [InlineData("history", "historySheet")]
    [InlineData("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二", "一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一")]
    [InlineData("A & B", "A & B")]
    public async Task A_sheet_has_a_name_that_Excel_takes(string wanted, string name)
    {
        using var to = new MemoryStream();
        await new ExportWriter(ReadBack.Office).WriteXlsxAsync(to, wanted, Columns, AsyncEnumerable.Empty<Line>(), TestContext.Current.CancellationToken);
        Assert.Equal(name, new ReadBack(to.ToArray()).Sheets[0].Name);
    }

    [Fact]
    public async Task It_is_written_forwards_and_asynchronously_only()
    {
        using var to = new ForwardStream();
        await new ExportWriter(ReadBack.Office).WriteXlsxAsync(to, "清单", Columns, ManyAsync(5_000), TestContext.Current.CancellationToken);
        Assert.Equal(5_001, new ReadBack(to.Written).Rows.Count);
        Assert.True(to.Writes > 5, "it went out while it was written");
    }

    [Fact]
    public async Task A_file_that_ends_early_is_no_workbook()
    {
        using var to = new MemoryStream();
        var breaking = ManyAsync(5_000).Select((l, n) => n == 4_000 ? throw new InvalidOperationException("the database is gone") : l);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new ExportWriter(ReadBack.Office)
            .WriteXlsxAsync(to, "清单", Columns, breaking, TestContext.Current.CancellationToken));
        Assert.True(to.Length > 0);
        Assert.Throws<InvalidDataException>(() => new System.IO.Compression.ZipArchive(new MemoryStream(to.ToArray())));
    }

    [Theory]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.Csv)]
    public async Task A_cancelled_request_ends_the_reading(ExportFormat format)
    {
        using var leaving = new CancellationTokenSource();
        var (read, closed) = (0, false);
        var rows = EndlessAsync(TestContext.Current.CancellationToken);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ExportWriter(ReadBack.Office)
            .WriteAsync(Stream.Null, format, "清单", Columns, rows, leaving.Token));
        Assert.InRange(read, 1_000, 1_001);
        Assert.True(closed);

        async IAsyncEnumerable<Line> EndlessAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
        {
            try
            {
                while (true)
                {
                    ct.ThrowIfCancellationRequested();
                    if (++read == 1_000) await leaving.CancelAsync();
                    yield return new Line($"{read}");
                }
            }
            finally
            {
                closed = true;
            }
        }
    }

    private static async Task<ReadBack> WriteAsync(params Line[] lines) => new(await ReadBack.ExportAsync(lines, ExportFormat.Xlsx, Columns));

    private static IAsyncEnumerable<Line> ManyAsync(int count) =>
        Enumerable.Range(1, count).Select(n => new Line($"BX-{n} {Guid.NewGuid()}", n, n / 4m, new DateOnly(2026, 1, 1).AddDays(n % 365),
            LateEvening.AddMinutes(n))).ToAsyncEnumerable();

    private static string Printable(string text)
    {
        var printable = new StringBuilder();
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').EnumerateRunes())
            if (rune.Value is '\t' or '\n' or (>= ' ' and not (0xFFFE or 0xFFFF))) printable.Append(rune);
        return printable.ToString();
    }

    /// <summary>Behaves like a response body: it can't seek, and refuses synchronous writes.</summary>
    private sealed class ForwardStream : Stream
    {
        private readonly MemoryStream _to = new();

        public int Writes { get; private set; }
        public byte[] Written => _to.ToArray();
        public override bool CanRead => false;
        public override bool CanSeek => false;
        public override bool CanWrite => true;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            Writes++;
            _to.Write(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();
        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
        public override void Flush() => throw new InvalidOperationException("A synchronous flush.");
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("A synchronous write.");
        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
