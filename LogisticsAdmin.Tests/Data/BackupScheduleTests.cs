using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class BackupScheduleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_first_backup_of_a_week_has_everything_and_the_following_ones_of_each_hour_the_database()
    {
        await using var host = await TestHost.OpenAsync();

        for (var minute = 0; minute < 180; minute += 20)
        {
            await RunDueAsync(host);
            host.Clock.Advance(TimeSpan.FromMinutes(20));
        }

        Assert.Equal([BackupFile.Database, BackupFile.Database, BackupFile.Weekly], Folder(host).List().Select(f => f.Why));
    }

    [Fact]
    public async Task A_restart_repeats_no_backup_and_skips_none()
    {
        var directory = await TestHost.NewStorageAsync();
        for (var restart = 0; restart < 3; restart++)
        {
            await using var host = await TestHost.StartAsync(directory);
            await RunDueAsync(host);
            Assert.Single(Folder(host).List());
        }
        await using (var later = await TestHost.StartAsync(directory))
        {
            later.Clock.Advance(TimeSpan.FromHours(1));
            await RunDueAsync(later);
            Assert.Equal(2, Folder(later).List().Count);
        }
        TestHost.DropStorage(directory);
    }

    [Fact]
    public async Task A_backup_that_fails_is_tried_again_an_hour_later()
    {
        await using var host = await TestHost.OpenAsync();
        var (database, aside) = (Path.Combine(host.Directory, "logistics.db"), Path.Combine(host.Directory, "aside.db"));
        File.Move(database, aside);
        await Assert.ThrowsAsync<StartupProblem>(() => RunDueAsync(host));
        File.Move(aside, database);
        await RunDueAsync(host);
        Assert.Empty(Folder(host).List());

        host.Clock.Advance(TimeSpan.FromHours(1));
        await RunDueAsync(host);

        Assert.Single(Folder(host).List());
    }

    [Fact]
    public async Task Once_a_week_the_newest_backup_is_tested()
    {
        await using var host = await TestHost.OpenAsync();
        await host.TicketAsync();
        await RunDueAsync(host);
        var first = (await Folder(host).ReadRecordAsync(Ct)).LastTest!;
        Assert.Null(first.Problem);
        Assert.Equal(Folder(host).List()[0].Name, first.File);

        host.Clock.Advance(TimeSpan.FromHours(1));
        await RunDueAsync(host);
        Assert.Equal(first, (await Folder(host).ReadRecordAsync(Ct)).LastTest);
        host.Clock.Advance(TimeSpan.FromDays(7));
        await RunDueAsync(host);

        Assert.NotEqual(first.At, (await Folder(host).ReadRecordAsync(Ct)).LastTest!.At);
        Assert.Empty(Directory.GetDirectories(host.Directory, ".restore*"));
    }

    [Fact]
    public async Task A_backup_that_rotted_fails_its_restore_test()
    {
        await using var host = await TestHost.OpenAsync();
        var backup = await Folder(host).MakeAsync(BackupFile.Weekly, Ct);
        await using (var file = new FileStream(Path.Combine(host.Directory, "backups", backup.Name), FileMode.Open)) file.SetLength(file.Length / 2);

        Assert.NotNull(await host.AsSystem().Get<RestoreTest>().RunAsync(Ct));

        Assert.NotNull((await Folder(host).ReadRecordAsync(Ct)).LastTest!.Problem);
        Assert.Empty(Directory.GetDirectories(host.Directory, ".restore*"));
    }

    [Fact]
    public async Task Of_a_year_of_backups_those_of_the_last_hours_days_and_weeks_are_kept()
    {
        await using var host = await TestHost.OpenAsync();
        var retention = host.Services.GetRequiredService<BackupRetention>();
        List<BackupFile> files = [.. Enumerable.Range(0, 24 * 365).Select(h => Named(TestHost.Start.AddHours(-h), BackupFile.Database))];

        var kept = files.Except(retention.Superfluous(files)).ToList();

        Assert.Equal(files.Take(24), kept.Take(24));
        Assert.Equal(14, kept.Select(f => DayOf(host, f)).Where(day => day > DayOf(host, files[0]).AddDays(-14)).Distinct().Count());
        Assert.InRange(kept.Count, 40, 46);
        Assert.InRange((TestHost.Start - kept[^1].At).TotalDays, 48, 56);
    }

    [Fact]
    public async Task Backups_with_everything_are_kept_apart_from_those_of_the_database_and_all_of_a_server_that_was_off_for_months()
    {
        await using var host = await TestHost.OpenAsync();
        var retention = host.Services.GetRequiredService<BackupRetention>();
        var longAgo = TestHost.Start.AddDays(-100);
        BackupFile[] files =
        [
            Named(TestHost.Start, BackupFile.Database), Named(longAgo.AddMinutes(1), BackupFile.Weekly), Named(longAgo.AddDays(-7), BackupFile.BeforeMigration),
            Named(longAgo, BackupFile.Manual), Named(longAgo.AddDays(-14), BackupFile.Manual),
        ];

        Assert.Equal([files[3]], retention.Superfluous(files));
    }

    [Fact]
    public async Task The_newest_backups_before_a_migration_and_before_a_restore_are_kept_whatever_is_backed_up_in_the_same_hour()
    {
        await using var host = await TestHost.OpenAsync();
        var retention = host.Services.GetRequiredService<BackupRetention>();
        List<BackupFile> files =
        [
            .. Enumerable.Range(0, 4).Select(n => Named(TestHost.Start.AddMinutes(n), BackupFile.BeforeMigration)),
            .. Enumerable.Range(0, 4).Select(n => Named(TestHost.Start.AddMinutes(n), BackupFile.BeforeRestore)),
            Named(TestHost.Start.AddMinutes(9), BackupFile.Weekly), Named(TestHost.Start.AddMinutes(10), BackupFile.Manual),
            Named(TestHost.Start.AddMinutes(11), BackupFile.Database),
        ];

        Assert.Equal([files[0], files[4], files[8]], retention.Superfluous(files));
    }

    [Fact]
    public async Task Making_a_backup_removes_what_is_no_longer_kept_and_nothing_else()
    {
        await using var host = await TestHost.OpenAsync();
        var folder = Path.Combine(host.Directory, "backups");
        Directory.CreateDirectory(folder);
        foreach (var name in new[] { "20251122-060000-manual.zip", "20251122-050000-manual.zip", "notes.txt", "our-own.zip" })
            await File.WriteAllTextAsync(Path.Combine(folder, name), "x", Ct);

        var made = await Folder(host).MakeAsync(BackupFile.Weekly, Ct);

        Assert.Equal(
            new[] { "20251122-060000-manual.zip", made.Name, "notes.txt", "our-own.zip", "state.json" }.Order(),
            Directory.GetFiles(folder).Select(Path.GetFileName).Order());
    }

    private static BackupFolder Folder(TestHost host) => host.Services.GetRequiredService<BackupFolder>();

    private static Task RunDueAsync(TestHost host) =>
        host.Services.GetServices<IHostedService>().OfType<BackupJob>().Single().MakeDueAsync(host.AsSystem().Get<IServiceProvider>(), Ct);

    private static BackupFile Named(DateTimeOffset at, string why) => new(BackupFile.NameFor(at, why), at, why, 1);

    private static DateOnly DayOf(TestHost host, BackupFile file) => host.Services.GetRequiredService<OfficeTime>().DayOf(file.At);
}
