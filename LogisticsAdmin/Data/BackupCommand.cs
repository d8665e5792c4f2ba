using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary><c>backup FILE</c></summary>
internal sealed class BackupCommand(Backups backups) : IConsoleCommand
{
    public string Name => "backup";
    public string Usage => "FILE   writes the database and all uploads to a zip file; works while the app runs. 备份数据库和上传文件";
    public bool NeedsStorageAlone => false;

    public bool AcceptsArguments(string[] args) => args is [{ Length: > 0 }];

    public async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken ct)
    {
        var file = args[0];
        await backups.WriteAsync(file, ct: ct);
        await output.WriteLineAsync($"Backed up to {Path.GetFullPath(file)} 备份完成");
        return 0;
    }
}
