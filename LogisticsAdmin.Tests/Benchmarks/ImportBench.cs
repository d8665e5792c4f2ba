using System.Diagnostics;
using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using LogisticsAdmin.Features.Imports;
using LogisticsAdmin.Features.People;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using LogisticsAdmin.Tests.Benchmarks.Circuits;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Fifty thousand people with twelve columns: the dry run compared with only reading the file by OpenXml SAX, storing and undoing the import,
/// and searching the directory afterwards. Memory is the sampled growth of the process's heap.
/// </summary>
internal static class ImportBench
{
    private const int People = 50_000, Searches = 200;

    private static readonly string[] Titles = ["学号", "姓名", "性别", "角色", "状态", "学院", "专业", "班级", "年级", "手机号", "邮箱", "备注"];

    public static async Task RunAsync()
    {
        var file = Path.GetTempFileName();
        try
        {
            await WriteAsync(file);
            await using var work = new AppWithUsers(await TestApp.StartAsync());
            var admin = await work.AsAsync(TestUsers.Administrator);
            var imports = admin.Get<ImportService>();
            var table = new Table($"{People:N0} people × {Titles.Length}", "s", "heap MiB", "ratio to reading", "target");
            // Warm-up.
            ReadBySax(file);
            var reading = await MeasureAsync("merely read by OpenXml SAX", 0, "", () =>
            {
                ReadBySax(file);
                return Task.CompletedTask;
            });
            ImportSession? session = null;
            await MeasureAsync("opened, read, columns found", reading, "", async () => session = await OpenAsync());
            await session!.DisposeAsync();
            await MeasureAsync("dry run: opened, read, judged (first)", reading, "≤ 3, 300 MiB", CheckAsync);
            await session!.DisposeAsync();
            await MeasureAsync("dry run: opened, read, judged", reading, "≤ 3, 300 MiB", CheckAsync);
            var batch = 0L;
            await MeasureAsync("commit", reading, "300 MiB", async () => batch = await imports.CommitAsync(session!, goodRowsOnly: false));
            await session!.DisposeAsync();
            await MeasureAsync("dry run of the same file again, nothing changes", reading, "≤ 3, 300 MiB", CheckAsync);
            await session!.DisposeAsync();

            var directory = admin.Get<PeopleService>();
            var search = new Table($"directory among {People:N0}", "p50 ms", "p95 ms", "max ms", "target");
            foreach (var typed in new[] { "张", "张伟", "zw", "zhangwei", "1380001", "20260", "物理2601", "" })
            {
                List<double> times = [];
                for (var n = 0; n < Searches; n++)
                    times.Add(await AppWithUsers.TimeAsync(() => directory.ListAsync(new PeopleFilter { Text = typed, Take = 50 })));
                var took = Percentiles.Of(times);
                search.Row(typed.Length == 0 ? "everybody, first window" : $"search: {typed}", took.P50, took.P95, took.Max, "30 ms");
            }
            await MeasureAsync("undo of the batch", reading, "", () => imports.UndoAsync(batch));

            async Task<ImportSession> OpenAsync()
            {
                await using var upload = File.OpenRead(file);
                return await imports.OpenAsync("people", "people.xlsx", upload);
            }

            async Task CheckAsync()
            {
                session = await OpenAsync();
                await imports.CheckAsync(session);
                if (session.Counts!.Rejected > 0) throw new InvalidOperationException("The file of the benchmark is not clean.");
            }

            async Task<double> MeasureAsync(string what, double reading, string target, Func<Task> act)
            {
                var before = GC.GetTotalMemory(forceFullCollection: true);
                using var heap = new HeapWatch();
                var began = Stopwatch.GetTimestamp();
                await act();
                var took = Stopwatch.GetElapsedTime(began).TotalSeconds;
                table.Row(what, took, (heap.Peak - before) / 1048576.0, reading == 0 ? 1 : took / reading, target);
                return took;
            }
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void ReadBySax(string file)
    {
        using var document = SpreadsheetDocument.Open(file, isEditable: false);
        var cells = 0;
        foreach (var sheet in document.WorkbookPart!.WorksheetParts)
        {
            using var reader = new OpenXmlPartReader(sheet);
            while (reader.Read())
                if (reader.ElementType == typeof(Cell) && reader.IsStartElement && reader.LoadCurrentElement() is Cell { InnerText.Length: > 0 }) cells++;
        }
        if (cells < People) throw new InvalidOperationException($"Only {cells} cells were read.");
    }

    private static async Task WriteAsync(string file)
    {
        var office = new OfficeTime(TimeProvider.System, Options.Create(new OfficeOptions()));
        string[] surnames = ["张", "王", "李", "赵", "陈", "刘", "杨", "黄", "周", "吴"], given = ["伟", "芳", "小雨", "强", "敏", "静怡", "子涵", "浩然", "雪", "志远"];
        await using var to = File.Create(file);
        await new ExportWriter(office).WriteXlsxAsync(to, "新生", [.. Titles.Select((title, c) => new ExportColumn<string[]>(title, row => row[c]))], Rows());

        async IAsyncEnumerable<string[]> Rows()
        {
            await Task.CompletedTask;
            for (var n = 0; n < People; n++)
            {
                var number = (2_026_000_000L + n).ToString(CultureInfo.InvariantCulture);
                yield return
                [
                    number, surnames[n % 10] + given[n / 10 % 10], n % 2 == 0 ? "男" : "女", "住户", "未报到", $"学院{n % 20}", $"专业{n % 80}",
                    $"物理26{n % 60:D2}", "2026", $"138{n:D8}", $"s{number}@example.edu.cn", "无",
                ];
            }
        }
    }
}
