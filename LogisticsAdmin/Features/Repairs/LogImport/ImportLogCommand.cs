using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Repairs.LogImport;

/// <summary>
/// <c>import-log FILE --map MAP.json</c>. Needs the storage to itself: open pages of a running app are not notified of changes by another process.
/// </summary>
internal sealed class ImportLogCommand(
    LogImportService import, RefusalText refusals, IStringLocalizer<LogMapText> words) : IConsoleCommand
{
    private const int LinesShown = 200;

    public string Name => "import-log";
    public string Usage =>
        "FILE --map MAP.json — imports the repairs of a log (CSV or .xlsx); running it again adds nothing twice / 导入已有的报修记录";
    public bool NeedsStorageAlone => true;

    public bool AcceptsArguments(string[] args) => args is [{ Length: > 0 }, "--map", { Length: > 0 }];

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var (file, mapFile) = (args[0], args[2]);
        try
        {
            await using var csv = Open(file);
            await using var mapStream = Open(
                Seeds.PathOf(Path.Combine("import", mapFile)) is var known && !File.Exists(mapFile) && File.Exists(known) ? known : mapFile);
            var map = await LogMap.ReadAsync(mapStream, ct);
            Print(await import.ImportAsync(csv, map, ct), output);
            return 0;
        }
        catch (Refusal refusal)
        {
            await output.WriteLineAsync(refusals.Of(refusal));
            return 1;
        }
    }

    private static FileStream Open(string file)
    {
        try
        {
            return File.OpenRead(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Rejected.Because<LogMapText>("FileMissing", file);
        }
    }

    private void Print(LogImportReport report, TextWriter output)
    {
        output.WriteLine($"{words["Import.Source"]}  {report.Source}");
        foreach (var (label, count) in new[]
        {
            ("Read", report.Read), ("Imported", report.Imported), ("Open", report.Open), ("AlreadyThere", report.AlreadyThere),
            ("Rejected", report.Rejected.Count), ("NewPlaces", report.NewPlaces),
        })
        {
            output.WriteLine($"{count,8}  {words[$"Import.{label}"]}");
        }
        foreach (var line in report.Rejected.Take(LinesShown))
            output.WriteLine($"{words["Import.Line", line.Line]}  {words[$"Import.{line.Code}", [.. line.Args.Select(a => a ?? "")]]}");
        if (report.Rejected.Count > LinesShown) output.WriteLine(words["Import.More", report.Rejected.Count - LinesShown]);
    }
}
