using System.Diagnostics;
using LogisticsAdmin.Documents.PdfSharp;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Documents;
using UglyToad.PdfPig;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>The monthly report: one method for each part.</summary>
internal static partial class ReportBench
{
    private const int DocumentRuns = 30;

    public static async Task RunAsync()
    {
        await FiguresAsync();
        WriteFiles();
        await RunFilesAsync();
        await RunFanOutAsync();
    }

    private static void WriteFiles()
    {
        var engine = new PdfSharpEngine();
        var first = Stopwatch.GetTimestamp();
        var file = engine.Write(SampleDocuments.LongReport);
        var cold = Stopwatch.GetElapsedTime(first).TotalMilliseconds;
        for (var i = 0; i < 5; i++) engine.Write(SampleDocuments.LongReport);
        List<double> took = [];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < DocumentRuns; i++)
        {
            var began = Stopwatch.GetTimestamp();
            engine.Write(SampleDocuments.LongReport);
            took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / DocumentRuns;
        using var document = PdfDocument.Open(file);
        var warm = Percentiles.Of(took);
        var table = new Table("a report as PDF", "pages", "cold ms", "p50 ms", "p95 ms", "KiB", "MiB alloc.", "target");
        table.Row(
            "invented report, warm", document.NumberOfPages, cold, warm.P50, warm.P95, file.Length / 1024.0, allocated / 1048576.0, "150 ms, 400 KiB");
    }
}
