using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary><c>backup FILE</c></summary>
internal sealed class BackupCommand(Backups backups) : IConsoleCommand
{
    public string Name => "backup";
    public string Usage => "FILE   writes the database and all uploads to a zip file; works while the app runs. 备份数据库和上传文件";
    public bool NeedsStorageAlone => false;

    public bool Understands(string[] args) => args is [{ Length: > 0 }];

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var file = args[0];
        await backups.WriteAsync(file, ct);
        await output.WriteLineAsync($"Backed up to {Path.GetFullPath(file)} 备份完成");
        return 0;
    }
}

/// <summary><c>restore FILE</c></summary>
internal sealed class RestoreCommand(Backups backups) : IConsoleCommand
{
    public string Name => "restore";
    public string Usage => "FILE   puts a backup in the place of what is stored, which is kept; the app must be stopped. 恢复备份";
    public bool NeedsStorageAlone => true;

    // The backup brings its own; an older one is migrated when the app starts.
    public bool NeedsDatabaseReady => false;

    public bool Understands(string[] args) => args is [{ Length: > 0 }];

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var file = args[0];
        var kept = await backups.RestoreAsync(file, ct);
        await output.WriteLineAsync($"Restored {Path.GetFullPath(file)} 恢复完成");
        if (kept is not null) await output.WriteLineAsync($"What was stored before is kept in {kept} 原有数据保存在该文件中");
        return 0;
    }
}

/// <summary><c>check</c></summary>
internal sealed class CheckCommand(StorageInspection inspection) : IConsoleCommand
{
    public string Name => "check";
    public string Usage => "looks for damage: integrity, foreign keys, uploads, numbers; changes nothing, works while the app runs. 检查数据";
    public bool NeedsStorageAlone => false;

    public bool Understands(string[] args) => args.Length == 0;

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
