using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class BackupVerificationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("RepairTickets")]
    [InlineData("People")]
    public async Task A_damaged_page_makes_a_backup_fail_loudly_and_the_last_good_one_is_kept(string table)
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        var (backups, file) = (host.Services.GetRequiredService<Backups>(), Path.Combine(host.Directory, "elsewhere", "backup.zip"));
        await backups.WriteAsync(file, ct: Ct);
        var good = await File.ReadAllBytesAsync(file, Ct);
        DamagedPage.In(host.Directory, table);

        await Assert.ThrowsAsync<StartupProblem>(() => backups.WriteAsync(file, ct: Ct));

        Assert.Equal(good, await File.ReadAllBytesAsync(file, Ct));
        Assert.Equal([file], Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [Fact]
    public async Task A_row_without_the_one_it_refers_to_makes_a_backup_fail()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("""PRAGMA foreign_keys=OFF; UPDATE "RepairTickets" SET "RoomId" = 999999""", Ct));

        var problem = await Assert.ThrowsAsync<StartupProblem>(() =>
            host.Services.GetRequiredService<Backups>().WriteAsync(Path.Combine(host.Directory, "backup.zip"), ct: Ct));

        Assert.Contains("foreign_key_check", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_backups_folder_keeps_its_backups_and_tells_why_when_one_fails()
    {
        using var log = new RecordingLoggerProvider();
        await using var host = await TestHost.OpenAsync(s => s.AddLogging(l => l.AddProvider(log)));
        var folder = host.Services.GetRequiredService<BackupFolder>();
        var good = await folder.MakeAsync(BackupFile.Weekly, Ct);
        host.Clock.Advance(TimeSpan.FromHours(1));
        DamagedPage.In(host.Directory, "People");

        await Assert.ThrowsAsync<StartupProblem>(() => folder.MakeAsync(BackupFile.Database, Ct));

        Assert.Equal([good], folder.List());
        Assert.NotNull((await folder.ReadRecordAsync(Ct)).LastFailure?.Problem);
        Assert.Contains(log.Errors, e => e.Message.Contains("failed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_next_backup_that_succeeds_ends_the_failure()
    {
        await using var host = await TestHost.OpenAsync();
        var folder = host.Services.GetRequiredService<BackupFolder>();
        var (database, aside) = (Path.Combine(host.Directory, "logistics.db"), Path.Combine(host.Directory, "aside.db"));
        File.Move(database, aside);
        await Assert.ThrowsAsync<StartupProblem>(() => folder.MakeAsync(BackupFile.Database, Ct));
        File.Move(aside, database);

        await folder.MakeAsync(BackupFile.Database, Ct);

        Assert.Null((await folder.ReadRecordAsync(Ct)).LastFailure);
    }

    [Fact]
    public async Task Temporary_files_of_a_killed_backup_are_removed_once_they_are_old()
    {
        await using var host = await TestHost.OpenAsync();
        var folder = host.Services.GetRequiredService<BackupFolder>();
        await folder.MakeAsync(BackupFile.Database, Ct);
        var backups = Path.Combine(host.Directory, "backups");
        foreach (var (name, hours) in new[] { ("old.zip.part", 7), ("old.zip.part.db", 7), ("new.zip.part", 1) })
        {
            await File.WriteAllTextAsync(Path.Combine(backups, name), "half", Ct);
            File.SetLastWriteTimeUtc(Path.Combine(backups, name), host.Clock.GetUtcNow().UtcDateTime.AddHours(-hours));
        }

        await folder.MakeAsync(BackupFile.Database, Ct);

        Assert.Equal(["new.zip.part"], Directory.GetFiles(backups, "*.part*").Select(Path.GetFileName));
    }
}
