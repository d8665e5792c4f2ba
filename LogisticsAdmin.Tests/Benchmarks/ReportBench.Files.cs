using System.Diagnostics;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Features.Reports.Monthly;
using LogisticsAdmin.Registries;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;

namespace LogisticsAdmin.Tests.Benchmarks;

internal static partial class ReportBench
{
    private const int FileTickets = 11_000, FileRuns = 15, Exports = 10;

    /// <summary>The files of one month with some 5,000 tickets, beyond reading its figures.</summary>
    public static async Task RunFilesAsync()
    {
        using var store = await BenchStore.WithTicketsAsync(FileTickets, months: 2);
        await using var work = new AppWithUsers(await TestApp.StartAsync(storage: store.Directory));
        var manager = await work.AsAsync(TestUsers.Manager);
        var month = ReportPeriod.MonthOf(work.Services.GetRequiredService<OfficeTime>().Today).Previous;
        var (content, _) = await manager.Get<ReportReader>().ReadAsync(month, default);
        var source = new ReportSource(content, null);
        var writer = manager.Get<ReportFileWriter>();
        var rows = content.Sections.Sum(s => s.Snapshot.Facts.Rows.Count);
        var table = new Table($"files of a month with {rows:N0} rows", "first ms", "p50 ms", "p95 ms", "KiB", "pages", "target");

        var pdf = await MeasureAsync(ReportFileKind.Pdf);
        using (var document = PdfDocument.Open(pdf.File))
            table.Row("PDF, beyond the figures", pdf.First, pdf.Took.P50, pdf.Took.P95, pdf.File.Length / 1024.0, document.NumberOfPages, "150 ms, 400 KiB");
        var book = await MeasureAsync(ReportFileKind.Workbook);
        table.Row("workbook, beyond the figures", book.First, book.Took.P50, book.Took.P95, book.File.Length / 1024.0, "", "1.5 s for 5,000");

        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Exports).Select(async i =>
        {
            var files = (await work.AsAsync(TestUsers.Manager)).Get<ReportFiles>();
            await files.AsItStandsAsync(month, i % 2 == 0 ? ReportFileKind.Pdf : ReportFileKind.Workbook, Languages.Chinese);
        }));
        table.Row("ten exports at once, figures included", Stopwatch.GetElapsedTime(began).TotalMilliseconds, "", "", "", "", "");

        async Task<(double First, Percentiles Took, byte[] File)> MeasureAsync(ReportFileKind kind)
        {
            var first = Stopwatch.GetTimestamp();
            var file = await writer.WriteAsync(source, kind, Languages.Chinese, null, default);
            var cold = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
            List<double> took = [];
            for (var i = 0; i < FileRuns; i++)
            {
                first = Stopwatch.GetTimestamp();
                await writer.WriteAsync(source, kind, Languages.Chinese, null, default);
                took.Add(Stopwatch.GetElapsedTime(first).TotalMilliseconds);
            }
            return (cold, Percentiles.Of(took), file);
        }
    }
}
