using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;

namespace LogisticsAdmin.Features.Imports;

/// <summary>
/// The rows of an import in the form in which they are stored: the outcome of each, with codes and arguments of its problems so that every
/// reader gets them in their language, and the cells of the refused rows, from which the workbook of errors is written again. The size is
/// bounded; of too many rows the refused ones are kept first, then the changed ones.
/// </summary>
internal sealed record KeptRows(byte[] Verdicts, byte[]? Refused, int LeftOut)
{
    internal const int MaxRows = 50_000, MaxBytes = 4 * 1024 * 1024;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    private static readonly System.Globalization.CultureInfo Chinese = new(Languages.Chinese), English = new(Languages.English);

    /// <summary>With <paramref name="table"/>, also the cells down to its header, and those of the refused rows.</summary>
    public static KeptRows Of(IReadOnlyList<RowVerdict> verdicts, SheetTable? table = null, int header = 0)
    {
        for (var max = MaxRows; ; max /= 2)
        {
            var kept = verdicts.Count <= max ? verdicts : [.. verdicts.OrderBy(WeightOf).Take(max).OrderBy(v => v.Row)];
            var packed = Pack(kept.Select(ToStored));
            var refused = kept.Where(v => v.Outcome == ImportOutcome.Rejected).Select(v => v.Row).ToHashSet();
            var cells = table is null || refused.Count == 0 ? null : Pack(StoredTable.Of(table, header, refused));
            if (packed.Length + (cells?.Length ?? 0) <= MaxBytes || kept.Count <= 1) return new KeptRows(packed, cells, verdicts.Count - kept.Count);
        }
    }

    public static IReadOnlyList<RowVerdict> Read(byte[] verdicts) => [.. Unpack<List<StoredRow>>(verdicts).Select(FromStored)];

    /// <summary>The table of the refused rows, and the index of its header.</summary>
    public static (SheetTable Table, int Header) ReadRefused(byte[] refused)
    {
        var stored = Unpack<StoredTable>(refused);
        return (new SheetTable(stored.Name, stored.Columns,
            [.. stored.Rows.Select(r => new SheetRow(r.Number, [.. r.Cells.Select(c => new Cell(c.Kind, c.Text ?? "", c.Number))], IsHidden: false))],
            [], CountsFrom1904: false), stored.Header);
    }

    private static int WeightOf(RowVerdict verdict) => verdict.Outcome switch
    {
        ImportOutcome.Rejected => 0,
        ImportOutcome.Changed => 1,
        ImportOutcome.New => 2,
        _ => 3,
    };

    private static StoredRow ToStored(RowVerdict verdict) => new(
        verdict.Row, verdict.Label, verdict.Outcome, verdict.Changes.Count == 0 ? null : verdict.Changes,
        verdict.Problems.Count == 0 ? null : [.. verdict.Problems.Select(p => new StoredProblem(
            p.Column, p.ResourceSource.FullName!, p.Code, p.Args.Count == 0 ? null : [.. p.Args.Select(ToStored)]))]);

    private static StoredArg ToStored(object? value) => value switch
    {
        int number => new StoredArg(null, null, number),
        LocalName name => new StoredArg(name.Zh, name.En, null),
        IFormattable other => new StoredArg(other.ToString(null, Chinese), other.ToString(null, English), null),
        _ => new StoredArg(value?.ToString(), null, null),
    };

    private static RowVerdict FromStored(StoredRow row) => new(row.Row, row.Label, row.Outcome, row.Changes ?? [],
        [.. (row.Problems ?? []).Select(p => new RowProblem(
            p.Column, typeof(KeptRows).Assembly.GetType(p.Source) ?? typeof(ImportsText), p.Code, [.. (p.Args ?? []).Select(FromStored)]))]);

    private static object FromStored(StoredArg value) => value.Number is { } number ? number : new LocalName(value.Text ?? "", value.English ?? "");

    private static byte[] Pack<T>(T content)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest)) JsonSerializer.Serialize(brotli, content, Json);
        return packed.ToArray();
    }

    private static T Unpack<T>(byte[] packed)
    {
        using var brotli = new BrotliStream(new MemoryStream(packed), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(brotli, Json)!;
    }

    // The names of the members are stored, too.
    private sealed record StoredRow(
        int Row, string Label, ImportOutcome Outcome, IReadOnlyList<FieldChange>? Changes, IReadOnlyList<StoredProblem>? Problems);

    private sealed record StoredProblem(string? Column, string Source, string Code, IReadOnlyList<StoredArg>? Args);

    private sealed record StoredArg(string? Text, string? English, int? Number);

    private sealed record StoredCell(CellKind Kind, string? Text, double Number);

    private sealed record StoredSheetRow(int Number, IReadOnlyList<StoredCell> Cells);

    private sealed record StoredTable(string Name, int Columns, int Header, IReadOnlyList<StoredSheetRow> Rows)
    {
        public static StoredTable Of(SheetTable table, int header, HashSet<int> wanted) => new(table.Name, table.Columns, header,
            [.. table.Rows.Where((r, i) => i <= header || wanted.Contains(r.Number))
                .Select(r => new StoredSheetRow(r.Number, [.. r.Cells.Select(c => new StoredCell(c.Kind, c.Text, c.Number))]))]);
    }
}
