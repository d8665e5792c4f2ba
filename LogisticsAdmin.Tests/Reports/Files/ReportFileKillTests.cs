using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Reports.Files;
using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Spreadsheets;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using UglyToad.PdfPig;
using Xunit;

namespace LogisticsAdmin.Tests.Reports.Files;

[Collection(nameof(KillTests))]
public sealed class ReportFileKillTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_while_a_document_is_written_it_is_absent_or_whole_and_written_after_the_next_start()
    {
        var directory = await TestHost.NewStorageAsync();
        await using (var host = await TestHost.StartAsync(directory)) await host.TicketAsync(TicketStatus.Closed);
        var kept = FilesOf(directory);
        // After an odd line a document was asked for.
        foreach (var lines in new[] { 1, 3, 5, 8 })
        {
            var printed = await ExportUntilKilledAsync(directory, lines);

            await using var host = await TestHost.StartAsync(directory);
            Assert.Empty(FilesOf(directory).Except(kept));
            var files = await ReadAsync(host);
            foreach (var file in files) DemandWhole(file);
            // A document may have been replaced by one that was asked for later.
            foreach (var file in files)
                if (printed.Contains(KillableReportFiles.Line(file.Id, isThere: true))) Assert.Equal(ReportFileState.Ready, file.State);
            var last = files.Max(f => f.Id);
            if (printed[^1].EndsWith("asked;", StringComparison.Ordinal)) Assert.Equal(printed[^1], KillableReportFiles.Line(last, isThere: false));

            var runner = host.Services.GetRequiredService<ReportFileRunner>();
            await runner.ResumeAsync(Ct);
            foreach (var file in files) await runner.WhenDoneAsync(file.Id);
            files = await ReadAsync(host);
            Assert.All(files, f => Assert.Equal(ReportFileState.Ready, f.State));
            foreach (var file in files) DemandWhole(file);
            Assert.Equal(files.Count, await host.InDatabaseAsync(db => db.Set<ReportFileContent>().CountAsync(Ct)));
        }
        TestHost.DropStorage(directory);
    }

    private static Task<List<ReportFile>> ReadAsync(TestHost host) =>
        host.InDatabaseAsync(db => db.Set<ReportFile>().AsNoTracking().Include(f => f.Content).OrderBy(f => f.Id).ToListAsync(Ct));

    private static void DemandWhole(ReportFile file)
    {
        Assert.Equal(file.State == ReportFileState.Ready, file.Content is not null);
        if (file.Content is not { Bytes: var bytes }) return;
        Assert.Equal(file.Size, bytes.Length);
        if (file.Kind == ReportFileKind.Workbook)
        {
            Assert.NotEmpty(new ReadBack(bytes).Sheets);
            return;
        }
        using var document = PdfDocument.Open(bytes);
        Assert.True(document.NumberOfPages > 3);
    }

    /// <summary>Everything in the storage but the database's own files.</summary>
    private static HashSet<string> FilesOf(string directory) =>
    [
        .. Directory.EnumerateFiles(directory, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith("logistics.db", StringComparison.Ordinal)),
    ];

    private static async Task<List<string>> ExportUntilKilledAsync(string directory, int lines)
    {
        await using var exporting = AppProcess.Export(directory);
        var error = exporting.Process.StandardError.ReadToEndAsync(Ct);
        List<string> printed = [];
        while (printed.Count < lines)
        {
            if (await exporting.Process.StandardOutput.ReadLineAsync(Ct) is not { } line) Assert.Fail($"It ended by itself: {await error}");
            else printed.Add(line);
        }
        exporting.Process.Kill();
        while (await exporting.Process.StandardOutput.ReadLineAsync(Ct) is { } line)
            if (line.EndsWith(';')) printed.Add(line);
        return printed;
    }
}
