using System.IO.Compression;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

public sealed class BackupTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_taken_while_somebody_writes_comes_back_whole_with_its_uploads()
    {
        var directory = await TestHost.NewStorageAsync();
        var file = Path.Combine(directory, "elsewhere", "backup.zip");
        List<string> atBackup;
        await using (var host = await TestHost.StartAsync(directory))
        {
            WriteUpload(directory, "photos/ab/one.jpg", "one");
            var first = await host.TicketAsync();
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var written = new TaskCompletionSource();
            var writing = Task.Run(async () =>
            {
                var (resident, form) = (await host.AsAsync(TestUsers.Resident), await host.FormAsync());
                for (var n = 0; !stop.IsCancellationRequested; n++)
                {
                    await resident.Intake.SubmitAsync(form, CancellationToken.None);
                    if (n == 3) written.SetResult();
                }
            }, Ct);
            await written.Task;
            var before = await NumbersAsync(host);
            await Backups(host).WriteAsync(file, ct: Ct);
            var after = await NumbersAsync(host);
            await stop.CancelAsync();
            await writing;
            Assert.Contains(first.Number, before);

            WriteUpload(directory, "photos/cd/later.jpg", "later");
            atBackup = [.. before];
            Assert.True(after.Count >= before.Count);
        }

        string? kept;
        await using (var stopped = await TestHost.StartAsync(directory)) kept = await Backups(stopped).RestoreAsync(file, Ct);

        await using (var host = await TestHost.StartAsync(directory))
        {
            var restored = await NumbersAsync(host);
            Assert.Empty(atBackup.Except(restored));
            Assert.Equal("one", await File.ReadAllTextAsync(Path.Combine(directory, "uploads/photos/ab/one.jpg"), Ct));
            Assert.False(File.Exists(Path.Combine(directory, "uploads/photos/cd/later.jpg")));
            await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct)) Assert.True(problems.Count == 0, subject);
        }

        // The replaced data was kept as a backup, which can be restored as well.
        await using (var stopped = await TestHost.StartAsync(directory)) await Backups(stopped).RestoreAsync(kept!, Ct);
        Assert.Equal("later", await File.ReadAllTextAsync(Path.Combine(directory, "uploads/photos/cd/later.jpg"), Ct));
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task A_restored_backup_equals_what_was_backed_up()
    {
        var directory = await TestHost.NewStorageAsync();
        var file = Path.Combine(directory, "backup.zip");
        IReadOnlyList<string> before;
        await using (var host = await TestHost.StartAsync(directory))
        {
            await host.TicketAsync(TicketStatus.Closed);
            before = await EverythingAsync(host);
            await Backups(host).WriteAsync(file, ct: Ct);
            await host.TicketAsync();
            Assert.NotEqual(before, await EverythingAsync(host));
            await Backups(host).RestoreAsync(file, Ct);
        }

        await using (var host = await TestHost.StartAsync(directory)) Assert.Equal(before, await EverythingAsync(host));
        Directory.Delete(directory, recursive: true);
    }

    [Theory]
    [InlineData("../outside.txt")]
    [InlineData("uploads/../../outside.txt")]
    [InlineData("/tmp/outside.txt")]
    [InlineData("uploads\\..\\outside.txt")]
    [InlineData("keys/key.xml")]
    public async Task A_zip_with_an_entry_that_is_not_ours_is_refused_and_changes_nothing(string entry)
    {
        await using var host = await TestHost.OpenAsync();
        var file = Path.Combine(host.Directory, "backup.zip");
        await Backups(host).WriteAsync(file, ct: Ct);
        await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Ct))
        {
            await using var stream = await zip.CreateEntry(entry).OpenAsync(Ct);
            await stream.WriteAsync("x"u8.ToArray(), Ct);
        }
        var ticket = await host.TicketAsync();

        await Assert.ThrowsAsync<StartupProblem>(() => Backups(host).RestoreAsync(file, Ct));

        Assert.Equal(ticket.Id, (await host.RowAsync(ticket.Number)).Id);
        Assert.False(File.Exists(Path.Combine(host.Directory, "outside.txt")) || File.Exists(Path.Combine(host.Directory, "..", "outside.txt")));
        Assert.False(Directory.Exists(Path.Combine(host.Directory, ".restore")));
    }

    [Theory]
    [InlineData("nothing like a zip")]
    [InlineData("cut")]
    [InlineData("no database")]
    [InlineData("broken database")]
    public async Task A_broken_backup_is_refused_and_changes_nothing(string how)
    {
        await using var host = await TestHost.OpenAsync();
        var file = Path.Combine(host.Directory, "backup.zip");
        await Backups(host).WriteAsync(file, ct: Ct);
        switch (how)
        {
            case "nothing like a zip":
                await File.WriteAllTextAsync(file, how, Ct);
                break;
            case "cut":
                await using (var cut = new FileStream(file, FileMode.Open)) cut.SetLength(cut.Length / 2);
                break;
            default:
                await using (var zip = await ZipFile.OpenAsync(file, ZipArchiveMode.Update, Ct))
                {
                    zip.GetEntry("logistics.db")!.Delete();
                    if (how == "no database") break;
                    await using var stream = await zip.CreateEntry("logistics.db").OpenAsync(Ct);
                    await stream.WriteAsync(new byte[10_000], Ct);
                }
                break;
        }
        var ticket = await host.TicketAsync();

        await Assert.ThrowsAsync<StartupProblem>(() => Backups(host).RestoreAsync(file, Ct));

        Assert.Equal(ticket.Id, (await host.RowAsync(ticket.Number)).Id);
    }

    [Fact]
    public async Task A_damaged_database_is_kept_aside_when_a_backup_replaces_it()
    {
        var directory = await TestHost.NewStorageAsync();
        var file = Path.Combine(directory, "backup.zip");
        await using (var host = await TestHost.StartAsync(directory)) await Backups(host).WriteAsync(file, ct: Ct);
        await File.WriteAllTextAsync(Path.Combine(directory, "logistics.db"), "damaged", Ct);

        string? kept;
        await using (var elsewhere = await TestHost.OpenAsync())
        {
            var storage = Microsoft.Extensions.Options.Options.Create(new StorageOptions { Directory = directory });
            kept = await new Backups(storage, new SqliteStorage(storage), elsewhere.Clock).RestoreAsync(file, Ct);
        }

        Assert.Equal("damaged", await File.ReadAllTextAsync(kept!, Ct));
        await (await TestHost.StartAsync(directory)).DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    private static Backups Backups(TestHost host) => host.Services.GetRequiredService<Backups>();

    private static Task<List<string>> NumbersAsync(TestHost host) => host.InDatabaseAsync(db => db.RepairTickets.Select(t => t.Number).ToListAsync(Ct));

    private static Task<IReadOnlyList<string>> EverythingAsync(TestHost host) => host.InDatabaseAsync<IReadOnlyList<string>>(async db =>
    [
        .. await db.RepairTickets.OrderBy(t => t.Id).Select(t => t.Number + t.Status + t.Version).ToListAsync(Ct),
        .. await db.RepairEvents.OrderBy(e => e.Id).Select(e => $"{e.TicketId} {e.Verb} {e.ActorId} {e.At:O}").ToListAsync(Ct),
        .. await db.Users.OrderBy(p => p.Id).Select(p => p.UserName + p.PasswordHash + p.Version).ToListAsync(Ct),
    ]);

    private static void WriteUpload(string directory, string name, string text)
    {
        var path = Path.Combine(directory, "uploads", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
