using System.Globalization;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Importing;
using LogisticsAdmin.Spreadsheets.Reading;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Imports;

/// <summary>What a batch keeps of its file: the outcome of each row, and the refused rows with their reasons.</summary>
public sealed class KeptRowsTests
{
    private const string People = "people";

    private const string List = """
        学号,姓名,性别,手机
        0001,李明,男,13800000001
        0002,王芳,未知的,13800000002
        0003,,女,12
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_batch_keeps_its_rows_and_the_workbook_of_errors_comes_again_later_in_the_language_of_the_reader()
    {
        await using var host = await TestHost.OpenAsync();
        var (batch, before) = await ImportAsync(host);

        var admin = await host.AsAsync(TestUsers.Administrator);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        var detail = await admin.Imports.BatchAsync(batch, Ct);
        Assert.Equal((true, 0), (detail.HasReasons, detail.LeftOut));
        Assert.Equal([ImportOutcome.New, ImportOutcome.Rejected, ImportOutcome.Rejected], detail.Rows!.Select(r => r.Outcome));
        Assert.Equal(before, await ReasonsAsync(admin, batch));
        Assert.Contains("王芳", before, StringComparison.Ordinal);
        Assert.Contains("男、女", before, StringComparison.Ordinal);
        Assert.DoesNotContain("李明", before, StringComparison.Ordinal);

        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.English);
        Assert.Contains("Male, Female", await ReasonsAsync(admin, batch), StringComparison.Ordinal);

        await admin.Imports.UndoAsync(batch, Ct);
        Assert.Equal(3, (await admin.Imports.BatchAsync(batch, Ct)).Rows!.Count);
    }

    [Fact]
    public async Task Rows_of_a_batch_are_shown_only_to_those_who_may_import_its_kind()
    {
        await using var host = await TestHost.OpenAsync();
        var (batch, _) = await ImportAsync(host);
        foreach (var name in new[] { TestUsers.Manager, TestUsers.Dispatcher, TestUsers.Technician, TestUsers.Resident })
        {
            var desk = await host.AsAsync(name);
            await Assert.ThrowsAsync<NotFound>(() => desk.Imports.BatchAsync(batch, Ct));
            await Assert.ThrowsAsync<NotFound>(() => desk.Imports.WriteReasonsAsync(batch, Stream.Null, Ct));
        }
    }

    [Fact]
    public async Task A_batch_from_before_rows_were_kept_says_so()
    {
        await using var host = await TestHost.OpenAsync();
        var (batch, _) = await ImportAsync(host);
        await host.InDatabaseAsync(async db =>
        {
            db.ImportRecords.Remove(await db.ImportRecords.SingleAsync(Ct));
            return await db.SaveChangesAsync(Ct);
        });
        var admin = await host.AsAsync(TestUsers.Administrator);
        var detail = await admin.Imports.BatchAsync(batch, Ct);
        Assert.Equal((null, false), (detail.Rows, detail.HasReasons));
        await Assert.ThrowsAsync<NotFound>(() => admin.Imports.WriteReasonsAsync(batch, Stream.Null, Ct));
    }

    [Theory]
    [InlineData(ExportFormat.Xlsx)]
    [InlineData(ExportFormat.Csv)]
    public async Task All_rows_of_the_dry_run_are_exported_with_outcome_and_reason_before_anything_is_stored(ExportFormat format)
    {
        await using var host = await TestHost.OpenAsync();
        var admin = await host.AsAsync(TestUsers.Administrator);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var session = await admin.CheckAsync(People, List);
        await using var file = new MemoryStream();
        await admin.Imports.WriteRowsAsync(session, file, format, Ct);
        file.Position = 0;
        using var read = SheetFile.Open(file, $"x.{format}", Ct);
        var rows = read.Read(read.Sheets[0], ct: Ct).Rows;
        Assert.Equal(["行号", "结果", "对象"], rows[0].Cells.Take(3).Select(c => c.Text));
        Assert.Equal(["2", "3", "4"], rows.Skip(1).Select(r => r[0].Text));
        Assert.All(rows.Skip(2), r => Assert.NotEmpty(r[4].Text));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.ImportBatches.CountAsync(Ct)));
    }

    [Fact]
    public void Of_too_many_rows_the_refused_ones_are_kept_first_and_the_size_stays_bounded()
    {
        var random = new Random(1);
        var rows = Enumerable.Range(1, KeptRows.MaxRows + 10).Select(n => n > KeptRows.MaxRows
            ? RowVerdict.Rejected(n, "", [new RowProblem(null, typeof(ImportsText), "Import.X", 1, "a", new LocalName("中", "E"))])
            : RowVerdict.New(n, string.Concat(Enumerable.Range(0, 60).Select(_ => (char)random.Next(0x4E00, 0x9FFF))))).ToList();
        var kept = KeptRows.Of(rows);
        Assert.InRange(kept.Verdicts.Length, 1, KeptRows.MaxBytes);
        var read = KeptRows.Read(kept.Verdicts);
        Assert.Equal((10, rows.Count), (read.Count(r => r.Outcome == ImportOutcome.Rejected), read.Count + kept.LeftOut));
        Assert.Equal([1, new LocalName("a", ""), new LocalName("中", "E")], read[^1].Problems[0].Args);
    }

    private static async Task<(long Batch, string Reasons)> ImportAsync(TestHost host)
    {
        var admin = await host.AsAsync(TestUsers.Administrator);
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(Languages.Chinese);
        await using var session = await admin.CheckAsync(People, List);
        await using var file = new MemoryStream();
        await admin.Imports.WriteReasonsAsync(session, file, onlyRejected: true, Ct);
        return (await admin.Imports.CommitAsync(session, goodRowsOnly: true, ct: Ct), Text(file));
    }

    private static async Task<string> ReasonsAsync(Desk desk, long batch)
    {
        await using var file = new MemoryStream();
        await desk.Imports.WriteReasonsAsync(batch, file, Ct);
        return Text(file);
    }

    private static string Text(MemoryStream workbook)
    {
        workbook.Position = 0;
        using var read = SheetFile.Open(workbook, "x.xlsx", Ct);
        return string.Join('\n', read.Read(read.Sheets[0], ct: Ct).Rows.Select(r => string.Join('\t', r.Cells.Select(c => c.Text))));
    }
}
