using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary><c>restore FILE</c></summary>
internal sealed class RestoreCommand(Backups backups) : IConsoleCommand
{
    public string Name => "restore";
    public string Usage => "FILE   puts a backup in the place of what is stored, which is kept; the app must be stopped. 恢复备份";
    public bool NeedsStorageAlone => true;

    // The database comes from the backup; an older one is migrated when the app starts.
    public bool NeedsDatabaseReady => false;

    public bool AcceptsArguments(string[] args) => args is [{ Length: > 0 }];

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var file = args[0];
        var kept = await backups.RestoreAsync(file, ct);
        await output.WriteLineAsync($"Restored {Path.GetFullPath(file)} 恢复完成");
        if (kept is not null) await output.WriteLineAsync($"What was stored before is kept in {kept} 原有数据保存在该文件中");
        return 0;
    }
}
