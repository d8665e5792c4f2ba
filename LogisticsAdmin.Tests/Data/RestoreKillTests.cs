using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Media;
using LogisticsAdmin.Tests.Browser;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Data;

[Collection(nameof(KillTests))]
public sealed class RestoreKillTests
{
    private const int Kills = 10, Photos = 60;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_any_moment_a_restore_leaves_the_one_database_or_the_other_with_all_its_photos()
    {
        var (storage, files) = (await TestHost.NewStorageAsync(), TestHost.NewDirectory());
        var (wanted, present) = (Path.Combine(files, "wanted.zip"), Path.Combine(files, "present.zip"));
        var before = await FillAsync(storage, tickets: 3, wanted);
        var after = await FillAsync(storage, tickets: 2, present);
        Assert.Equal((3, 5), (before.Count, after.Count));
        var takes = await RestoreAsync(storage, wanted, killAfter: null);
        Assert.Equal(before, await CheckedNumbersAsync(storage));

        var killed = 0;
        for (var kill = 0; kill < Kills; kill++)
        {
            await RestoreAsync(storage, present, killAfter: null);
            Assert.Equal(after, await CheckedNumbersAsync(storage));
            var ran = await RestoreAsync(storage, wanted, killAfter: takes * Random.Shared.NextDouble());
            if (ran == TimeSpan.MaxValue) killed++;
            var standing = await CheckedNumbersAsync(storage);
            Assert.True(standing.SequenceEqual(before) || standing.SequenceEqual(after), string.Join(' ', standing));
        }
        Assert.True(killed > 0, "No restore was killed before it was done.");

        await RestoreAsync(storage, wanted, killAfter: null);
        Assert.Equal(before, await CheckedNumbersAsync(storage));
        Assert.False(Directory.Exists(Path.Combine(storage, ".restore")));
        TestHost.DropStorage(storage);
        Directory.Delete(files, recursive: true);
    }

    /// <summary>Adds tickets and photos, makes a backup and returns the numbers of the stored tickets.</summary>
    private static async Task<List<string>> FillAsync(string storage, int tickets, string backup)
    {
        await using (var host = await TestHost.StartAsync(storage))
        {
            for (var n = 0; n < tickets; n++) await host.TicketAsync();
            var resident = await host.AsAsync(TestUsers.Resident);
            var keys = Enumerable.Range(0, Photos).Select(_ => Guid.NewGuid()).ToList();
            var store = new MediaStore(storage);
            foreach (var key in keys) await store.SaveAsync(key, new ProcessedPicture(new byte[20_000], new byte[2_000], 10, 10), Ct);
            await host.InDatabaseAsync(db =>
            {
                db.RepairPhotos.AddRange(keys.Select(key => new RepairPhoto(key, resident.PersonId, 10, 10, 20_000, TestHost.Start)));
                return db.SaveChangesAsync(Ct);
            });
            await host.Services.GetRequiredService<Backups>().WriteAsync(backup, ct: Ct);
        }
        return await CheckedNumbersAsync(storage);
    }

    /// <summary>
    /// Runs the command to its end, or kills it this long after it began to unpack. Returns the time since then;
    /// <see cref="TimeSpan.MaxValue"/> when it was killed.
    /// </summary>
    private static async Task<TimeSpan> RestoreAsync(string storage, string backup, TimeSpan? killAfter)
    {
        var unpacked = Path.Combine(storage, ".restore");
        if (Directory.Exists(unpacked)) Directory.Delete(unpacked, recursive: true);
        await using var app = AppProcess.Begin(storage, "restore", backup);
        while (!app.Process.HasExited && !Directory.Exists(unpacked)) await Task.Delay(1, Ct);
        var watch = Stopwatch.StartNew();
        if (killAfter is { } wait)
        {
            await Task.WhenAny(Task.Delay(wait, Ct), app.Process.WaitForExitAsync(Ct));
            if (!app.Process.HasExited)
            {
                app.Process.Kill();
                await app.Process.WaitForExitAsync(Ct);
                return TimeSpan.MaxValue;
            }
        }
        await app.Process.WaitForExitAsync(Ct);
        var took = watch.Elapsed;
        Assert.True(app.Process.ExitCode == 0, await app.Process.StandardError.ReadToEndAsync(Ct));
        return took;
    }

    /// <summary>The numbers of the tickets, after checking that the storage is intact.</summary>
    private static async Task<List<string>> CheckedNumbersAsync(string storage)
    {
        await using var host = await TestHost.StartAsync(storage);
        await foreach (var (subject, problems) in host.AsSystem().Get<StorageInspection>().InspectAsync(Ct))
            Assert.True(problems.Count == 0, $"{subject}: {string.Join(' ', problems)}");
        return await host.InDatabaseAsync(db => db.RepairTickets.OrderBy(t => t.Id).Select(t => t.Number).ToListAsync(Ct));
    }
}
