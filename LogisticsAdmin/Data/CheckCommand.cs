using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary><c>check</c></summary>
internal sealed class CheckCommand(StorageInspection inspection) : IConsoleCommand
{
    public string Name => "check";
    public string Usage => "looks for damage: integrity, foreign keys, uploads, numbers; changes nothing, works while the app runs. 检查数据";
    public bool NeedsStorageAlone => false;

    public bool AcceptsArguments(string[] args) => args.Length == 0;

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var healthy = true;
        await foreach (var (subject, problems) in inspection.InspectAsync(ct))
        {
            await output.WriteLineAsync($"{(problems.Count == 0 ? "ok     " : "PROBLEM")} {subject}");
            foreach (var problem in problems) await output.WriteLineAsync($"        {problem}");
            healthy &= problems.Count == 0;
        }
        await output.WriteLineAsync(healthy ? "Healthy. 数据正常。" : "Something is wrong. 发现问题。");
        return healthy ? 0 : 1;
    }
}
