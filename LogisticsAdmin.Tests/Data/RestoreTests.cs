using System.IO.Compression;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class RestoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("backup/{0}")]
    [InlineData("./{0}")]
    [InlineData("{0}")]
    public async Task A_zip_that_was_packed_again_by_hand_is_restored(string form)
    {
        await using var host = await TestHost.OpenAsync();
        var ticket = await host.TicketAsync();
        await WriteUploadAsync(host, "photos/ab/one.jpg");
        var (file, again) = (Path.Combine(host.Directory, "backup.zip"), Path.Combine(host.Directory, "again.zip"));
        await Backups(host).WriteAsync(file, ct: Ct);
        await using (var from = await ZipFile.OpenReadAsync(file, Ct))
        await using (var to = await ZipFile.OpenAsync(again, ZipArchiveMode.Create, Ct))
        {
            string[] besides = [Named("uploads/"), Named("uploads/photos/"), Named(".DS_Store"), "__MACOSX/._logistics.db"];
            foreach (var name in besides) to.CreateEntry(name);
            foreach (var entry in from.Entries)
            {
                await using var stream = await entry.OpenAsync(Ct);
                var packed = to.CreateEntry(Named(entry.FullName), CompressionLevel.SmallestSize);
                packed.ExternalAttributes = 0;
                await using var copy = await packed.OpenAsync(Ct);
                await stream.CopyToAsync(copy, Ct);
            }
        }
        await host.TicketAsync();
        File.Delete(Path.Combine(host.Directory, "uploads/photos/ab/one.jpg"));

        await Backups(host).RestoreAsync(again, Ct);

        Assert.Equal([ticket.Number], await host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Number).ToListAsync(Ct)));
        Assert.True(File.Exists(Path.Combine(host.Directory, "uploads/photos/ab/one.jpg")));
        Assert.Empty(Directory.GetDirectories(host.Directory, ".restore*"));

        string Named(string entry) => form.Replace("{0}", entry, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("29990101000000_Later", "newer version")]
    [InlineData(null, "no healthy database")]
    public async Task A_backup_of_a_newer_version_or_of_another_program_is_refused_before_anything_is_touched(string? migration, string why)
    {
        await using var host = await TestHost.OpenAsync();
        var file = Path.Combine(host.Directory, "backup.zip");
        await host.InDatabaseAsync(db => migration is null
            ? db.Database.ExecuteSqlAsync($"""ALTER TABLE "__EFMigrationsHistory" RENAME TO "Other" """, Ct)
            : db.Database.ExecuteSqlAsync($"""INSERT INTO "__EFMigrationsHistory" VALUES ({migration}, '1')""", Ct));
        await Backups(host).WriteAsync(file, ct: Ct);
        var ticket = await host.TicketAsync();

        var problem = await Assert.ThrowsAsync<StartupProblem>(() => Backups(host).RestoreAsync(file, Ct));

        Assert.Contains(why, problem.Message, StringComparison.Ordinal);
        Assert.Equal(ticket.Id, (await host.RowAsync(ticket.Number)).Id);
        Assert.False(Directory.Exists(Path.Combine(host.Directory, "backups")));
        Assert.Empty(Directory.GetDirectories(host.Directory, ".restore*"));
    }

    [Fact]
    public async Task A_backup_of_the_database_alone_leaves_the_uploads_alone()
    {
        await using var host = await TestHost.OpenAsync();
        var file = Path.Combine(host.Directory, "backup.zip");
        await WriteUploadAsync(host, "photos/ab/one.jpg");
        await Backups(host).WriteAsync(file, withUploads: false, Ct);
        await host.TicketAsync();

        await Backups(host).RestoreAsync(file, Ct);

        Assert.Equal(0, await host.InDatabaseAsync(db => db.RepairTickets.CountAsync(Ct)));
        Assert.True(File.Exists(Path.Combine(host.Directory, "uploads/photos/ab/one.jpg")));
    }

    [Fact]
    public async Task What_a_killed_restore_left_is_removed_at_the_next_start()
    {
        var directory = await TestHost.NewStorageAsync();
        foreach (var left in new[] { ".restore", ".restore-test" })
        {
            Directory.CreateDirectory(Path.Combine(directory, left, "uploads"));
            await File.WriteAllTextAsync(Path.Combine(directory, left, "logistics.db"), "half", Ct);
        }

        await (await TestHost.StartAsync(directory)).DisposeAsync();

        Assert.Empty(Directory.GetDirectories(directory, ".restore*"));
        TestHost.DropStorage(directory);
    }

    private static Backups Backups(TestHost host) => host.Services.GetRequiredService<Backups>();

    private static async Task WriteUploadAsync(TestHost host, string name)
    {
        var path = Path.Combine(host.Directory, "uploads", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, "one", Ct);
    }
}
