using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using LogisticsAdmin.Features.Repairs.Desk;
using LogisticsAdmin.Features.Repairs.Desk.Export;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Export of a long list: writing alone, compared with zipping the same bytes, and writing together with reading from the database.
/// Memory is the sampled peak of the heap.
/// </summary>
internal static class ExportBench
{
    private const int Rows = 100_000, Rounds = 3;

    private sealed record Line(
        string Number, string Status, string Urgency, string Category, string Building, string Room, string Reporter, string Phone,
        DateTimeOffset Submitted, DateTimeOffset Due, string? Crew, int Stars, decimal Cost, string Description);

    private static readonly ExportColumn<Line>[] Columns =
    [
        new("单号", l => l.Number), new("状态", l => l.Status), new("紧急程度", l => l.Urgency), new("类别", l => l.Category), new("楼栋", l => l.Building),
        new("房间", l => l.Room), new("报修人", l => l.Reporter), new("联系电话", l => l.Phone), new("报修时间", l => l.Submitted, ColumnFormat.Moment),
        new("办结期限", l => l.Due, ColumnFormat.Moment), new("班组", l => l.Crew), new("评价", l => l.Stars, ColumnFormat.Whole),
        new("费用", l => l.Cost, ColumnFormat.Amount), new("故障描述", l => l.Description),
    ];

    private static readonly MiniExcelLibs.OpenXml.OpenXmlConfiguration Fast = new() { FastMode = true };

    public static async Task RunAsync()
    {
        var office = new OfficeTime(TimeProvider.System, Options.Create(new OfficeOptions()));
        var export = new ExportWriter(office);
        var file = Path.GetTempFileName();
        var table = new Table($"{Rows:N0} rows", "s", "heap MiB", "file MiB", "target");
        try
        {
            foreach (var format in Enum.GetValues<ExportFormat>())
            {
                await MeasureAsync(
                    $"made-up rows, {Columns.Length} columns, to .{Ending(format)}",
                    to => export.WriteAsync(to, format, "报修单", Columns, Generate()),
                    "5 s");
            }
            await MeasureAsync("MiniExcel, the same rows, to .xlsx", to => MiniExcelLibs.MiniExcel.SaveAsAsync(to, Dictionaries(), configuration: Fast), "");
            // The same content again, already prepared.
            var parts = await PartsAsync(export);
            await MeasureAsync("bare: the same .xlsx parts, ready, into a zip", to => ZipAsync(to, parts), "");
            parts = [];
            var bytes = await BytesAsync(export);
            await MeasureAsync("bare: the same .csv, ready, to a stream", to => to.WriteAsync(bytes).AsTask(), "");
            bytes = [];

            using var store = await BenchStore.WithTicketsAsync(Rows);
            await using var work = new AppWithUsers(await TestApp.StartAsync(storage: store.Directory));
            var desk = await work.AsAsync(TestUsers.Dispatcher);
            var ticketExport = desk.Get<TicketExport>();
            CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
            foreach (var format in Enum.GetValues<ExportFormat>())
            {
                await MeasureAsync($"every ticket of the desk, read and written, .{Ending(format)}", to => export.WriteAsync(
                    to, format, "报修单", ticketExport.Columns(), desk.Lists.ExportAsync(new RepairFilter { View = RepairView.All }, DeskSort.Newest)), "");
            }
        }
        finally
        {
            File.Delete(file);
        }

        async Task MeasureAsync(string what, Func<Stream, Task> write, string target)
        {
            var (best, peak, size) = (double.MaxValue, 0L, 0L);
            for (var round = 0; round < Rounds; round++)
            {
                GC.Collect();
                var before = GC.GetTotalMemory(forceFullCollection: true);
                await using var to = File.Create(file);
                using var heap = new HeapWatch();
                var began = Stopwatch.GetTimestamp();
                await write(to);
                best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalSeconds);
                peak = Math.Max(peak, heap.Peak - before);
                size = to.Length;
            }
            table.Row(what, best, peak / 1048576.0, size / 1048576.0, target);
        }
    }

    private static string Ending(ExportFormat format) => format.ToString().ToLowerInvariant();

    private static async IAsyncEnumerable<Line> Generate()
    {
        var start = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var n = 0; n < Rows; n++)
        {
            var at = start.AddMinutes(n);
            yield return new Line($"BX2026{n:00000000}", "维修中", "一般", "水龙头", $"竹园{n % 40}号楼", $"{n % 900}", "王小雨", $"138{n:00000000}",
                at, at.AddHours(24), n % 3 == 0 ? null : "水电班", n % 5, n / 7m, "洗手池水龙头关不紧，一直滴水，已经两天了");
            if (n % 500 == 0) await Task.Yield();
        }
    }

    private static IEnumerable<IDictionary<string, object?>> Dictionaries() =>
        Generate().ToBlockingEnumerable().Select(line => (IDictionary<string, object?>)Columns.ToDictionary(
            c => c.Title, c => c.Value(line) is DateTimeOffset moment ? moment.DateTime : c.Value(line)));

    private static async Task<(string Name, byte[] Content)[]> PartsAsync(ExportWriter export)
    {
        using var file = new MemoryStream();
        await export.WriteXlsxAsync(file, "报修单", Columns, Generate());
        using var zip = new ZipArchive(file);
        return [.. zip.Entries.Select(e => (e.FullName, Content(e)))];
    }

    private static byte[] Content(ZipArchiveEntry entry)
    {
        using var part = entry.Open();
        using var content = new MemoryStream();
        part.CopyTo(content);
        return content.ToArray();
    }

    private static async Task<byte[]> BytesAsync(ExportWriter export)
    {
        using var file = new MemoryStream();
        await export.WriteCsvAsync(file, Columns, Generate());
        return file.ToArray();
    }

    private static async Task ZipAsync(Stream to, (string Name, byte[] Content)[] parts)
    {
        await using var zip = new ZipArchive(to, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in parts)
        {
            await using var part = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync();
            await part.WriteAsync(content);
        }
    }
}
