using System.Globalization;
using System.Text;
using CsCheck;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Reading;
using Xunit;

namespace LogisticsAdmin.Tests.Spreadsheets;

/// <summary>Everything that is written is read back, and everything that is broken is refused.</summary>
public sealed class SheetFilePropertyTests
{
    private static readonly Gen<string> Written = Gen.Char["ab Z09_x<>&\"'=+,;\n\t　 楼é王№①）"].Array[0, 12].Select(c => new string(c));

    private static readonly Gen<double> Number = Gen.OneOf(
        Gen.Double[-1e6, 1e6], Gen.Double.Where(double.IsFinite), Gen.Int.Select(n => (double)n),
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999].Select(n => (double)n),
        Gen.Decimal[-100_000, 100_000].Select(n => (double)Math.Round(n, 2)));

    private static readonly Gen<object?> Value = Gen.Frequency(
        (2, Gen.Bool.Select(_ => (object?)null)), (4, Written.Select(t => (object?)t)), (3, Number.Select(n => (object?)n)),
        (1, Gen.Bool.Select(b => (object?)b)),
        (2, Gen.Int[1, 200_000_000].Select(s => (object?)new DateTime(1900, 3, 1).AddSeconds(s * 17L))));

    private static readonly Gen<object?[][]> Rows = Value.Array[0, 9].Array[1, 12];

    private static readonly byte[] Valid = Written_as_a_workbook([["姓名", "学号", "日期"], ["王小雨", 20260001d, new DateTime(2026, 9, 1)], [true, null, 1.5]],
        shared: true).Zip().ToArray();

    [Fact]
    public void Any_table_that_is_written_is_read_back() => Gen.Select(Rows, Gen.Bool).Sample((rows, shared) =>
    {
        var expected = rows.Select((cells, i) => (Number: i + 1, Cells: cells.Select(Expected).ToList())).Where(r => r.Cells.Exists(c => !c.IsEmpty)).ToList();
        foreach (var (_, cells) in expected)
            while (cells[^1].IsEmpty) cells.RemoveAt(cells.Count - 1);
        var parts = Written_as_a_workbook(rows, shared);
        if (expected.Count == 0)
        {
            Assert.Equal("SheetEmpty", Workbooks.Refusal(() => parts.Read()));
            return;
        }
        var table = parts.Read();
        Assert.Equal(expected.Select(r => r.Number), table.Rows.Select(r => r.Number));
        Assert.Equal(expected.Max(r => r.Cells.Count), table.Columns);
        foreach (var (read, wanted) in table.Rows.Zip(expected))
        {
            Assert.Equal(wanted.Cells.Select(c => (c.Kind, c.Text)), read.Cells.Select(c => (c.Kind, c.Text)));
            foreach (var (cell, same) in read.Cells.Zip(wanted.Cells))
            {
                Assert.Equal(same.Number, cell.Number, 1e-9);
                if (cell.Kind == CellKind.Number) Assert.Equal(same.Number, double.Parse(cell.Text, CultureInfo.InvariantCulture));
            }
        }
    }, iter: 400);

    [Fact]
    public void Any_text_that_is_written_as_CSV_is_read_back() =>
        Gen.Select(Written.Select(WithoutSign).Array[1, 6].Array[1, 12], Gen.Char[",;\t"]).Sample((rows, separator) =>
    {
        // A header row makes the separator unambiguous.
        var header = Enumerable.Range(0, 6).Select(n => $"h{n}").ToArray();
        var text = string.Concat(rows.Prepend(header)
            .Select(r => string.Join(separator, r.Select(c => $"\"{c.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
        var table = Workbooks.Csv(Encoding.UTF8.GetBytes("\uFEFF" + text));
        foreach (var row in table.Rows.Skip(1))
            Assert.Equal(rows[row.Number - 2].Select(t => string.IsNullOrWhiteSpace(t) ? "" : t).ToList()[..row.Cells.Count], row.Cells.Select(c => c.Text));
        Assert.Equal(rows.Count(r => r.Any(t => !string.IsNullOrWhiteSpace(t))), table.Rows.Count - 1);
    }, iter: 300);

    [Fact]
    public void Bytes_that_were_changed_or_cut_off_are_read_or_refused() =>
        Gen.Select(Gen.Int[0, Valid.Length], Gen.Select(Gen.Int[0, Valid.Length - 1], Gen.Byte).Array[0, 6]).Sample((length, changes) =>
        {
            var bytes = Valid.ToArray();
            foreach (var (at, value) in changes) bytes[at] = value;
            ReadsOrRefuses(length % 2 == 0 ? bytes : bytes[..length]);
        }, iter: 1500);

    [Fact]
    public void Any_bytes_are_read_or_refused() =>
        Gen.Select(Gen.Byte.Array[0, 300], Gen.Int[0, 3]).Sample((bytes, kind) => ReadsOrRefuses(
            [.. kind switch { 1 => "PK\u0003\u0004"u8, 2 => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 3 => [0xFF, 0xFE], _ => [] }, .. bytes]),
                iter: 1500);

    [Fact]
    public void Parts_that_were_changed_are_read_or_refused()
    {
        var parts = Written_as_a_workbook([["姓名", "学号", "日期"], ["王小雨", 20260001d, new DateTime(2026, 9, 1)]], shared: true);
        var paths = parts.Keys.Order(StringComparer.Ordinal).ToArray();
        Gen.Select(Gen.Int[0, paths.Length - 1], Gen.Select(Gen.Int[0, 100_000], Gen.Int[0, 40], Gen.Char["<>/\"= :0123456789AZrstc!-"].Array[0, 6])
            .Array[1, 4]).Sample((which, cuts) =>
        {
            var text = parts[paths[which]];
            foreach (var (at, length, put) in cuts)
            {
                var from = at % (text.Length + 1);
                text = text[..from] + new string(put) + text[Math.Min(text.Length, from + (length % 7 == 0 ? length : 0))..];
            }
            ReadsOrRefuses(parts.With(paths[which], text).Zip().ToArray());
        }, iter: 1500);
    }

    private static void ReadsOrRefuses(byte[] bytes)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Workbooks.Csv(bytes);
        }
        catch (Rejected refusal)
        {
            Assert.Equal(typeof(LogisticsAdmin.Spreadsheets.SpreadsheetsText), refusal.ResourceSource);
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8 * SheetLimits.Mebi);
    }

    /// <summary>A text that begins with =" is Excel's way to keep zeros and has a test of its own.</summary>
    private static string WithoutSign(string text) => text.TrimStart('=');

    private static Cell Expected(object? value) => value switch
    {
        string text when !string.IsNullOrWhiteSpace(text) => new Cell(CellKind.Text, text),
        double number => new Cell(CellKind.Number, Plainly(number), number),
        bool truth => new Cell(CellKind.Boolean, truth ? "TRUE" : "FALSE", truth ? 1 : 0),
        DateTime moment => new Cell(CellKind.Date, moment.ToString(moment.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss",
            CultureInfo.InvariantCulture), moment.ToOADate()),
        _ => Cell.Empty,
    };

    /// <summary>The number without an exponent: the digits of its shortest form, shifted by other code than the app uses.</summary>
    private static string Plainly(double number)
    {
        var short_ = number.ToString("R", CultureInfo.InvariantCulture);
        if (!short_.Contains('E', StringComparison.Ordinal)) return number == 0 ? "0" : short_;
        var (mantissa, exponent) = (short_[..short_.IndexOf('E', StringComparison.Ordinal)],
            int.Parse(short_[(short_.IndexOf('E', StringComparison.Ordinal) + 1)..], CultureInfo.InvariantCulture));
        var places = mantissa.Contains('.', StringComparison.Ordinal) ? mantissa.Length - mantissa.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
        var digits = System.Numerics.BigInteger.Parse(mantissa.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        if (exponent >= places) return (digits * System.Numerics.BigInteger.Pow(10, exponent - places)).ToString(CultureInfo.InvariantCulture);
        var text = System.Numerics.BigInteger.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(places - exponent + 1, '0');
        return $"{(number < 0 ? "-" : "")}{text[..^(places - exponent)]}.{text[^(places - exponent)..]}";
    }

    private static Dictionary<string, string> Written_as_a_workbook(object?[][] rows, bool shared)
    {
        List<string> strings = [];
        var xml = new StringBuilder();
        foreach (var (cells, r) in rows.Select((c, i) => (c, i + 1)))
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<row r="{r}">""");
            foreach (var (value, c) in cells.Select((v, i) => (v, i)))
            {
                var at = $"{(char)('A' + c)}{r}";
                xml.Append(value switch
                {
                    string text when shared => SharedCell(at, text),
                    string text => Workbooks.Inline(at, Escaped(text)),
                    double number => FormattableString.Invariant($"""<c r="{at}"><v>{number:R}</v></c>"""),
                    bool truth => $"""<c r="{at}" t="b"><v>{(truth ? 1 : 0)}</v></c>""",
                    DateTime moment => FormattableString.Invariant($"""<c r="{at}" s="1"><v>{moment.ToOADate():R}</v></c>"""),
                    _ => "",
                });
            }
            xml.Append("</row>");
        }
        return Workbooks.Parts(xml.ToString()).With(Workbooks.StringsPath, Workbooks.Strings([.. strings]))
            .With(Workbooks.StylesPath, Workbooks.Styles("General", "yyyy-mm-dd hh:mm"));

        string SharedCell(string at, string text)
        {
            strings.Add($"""<t xml:space="preserve">{Workbooks.Escape(Escaped(text))}</t>""");
            return $"""<c r="{at}" t="s"><v>{strings.Count - 1}</v></c>""";
        }
    }

    private static string Escaped(string text) => text.Replace("_x", "_x005F_x", StringComparison.Ordinal);
}
