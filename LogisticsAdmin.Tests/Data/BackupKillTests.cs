using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

[Collection(nameof(KillTests))]
public sealed class BackupKillTests
{
    private const int Kills = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_a_backup_leaves_the_one_before_and_the_next_one_is_whole()
    {
        var (storage, files) = (await TestHost.NewStorageAsync(), TestHost.NewDirectory());
        var file = Path.Combine(files, "backup.zip");
        Assert.Equal(0, (await AppProcess.RunAsync(storage, ["backup", file], Ct)).ExitCode);
        var good = await File.ReadAllBytesAsync(file, Ct);

        for (var kill = 0; kill < Kills; kill++)
        {
            await using var app = AppProcess.Begin(storage, "backup", file);
            while (!app.Process.HasExited && !File.Exists(file + Backups.PartEnding + ".db")) await Task.Delay(1, Ct);
            await Task.WhenAny(Task.Delay(Random.Shared.Next(100), Ct), app.Process.WaitForExitAsync(Ct));
            if (app.Process.HasExited) continue;
            app.Process.Kill();
            await app.Process.WaitForExitAsync(Ct);
            await using var host = await TestHost.StartAsync(storage);
            await host.Services.GetRequiredService<Backups>().UnpackAsync(file, Path.Combine(files, "unpacked"), Ct);
        }

        Assert.Equal(0, (await AppProcess.RunAsync(storage, ["backup", file], Ct)).ExitCode);
        Assert.InRange(new FileInfo(file).Length, good.Length / 2, good.Length * 2);
        Assert.Equal([file], Directory.GetFiles(files));
        TestHost.DropStorage(storage);
        Directory.Delete(files, recursive: true);
    }
}
