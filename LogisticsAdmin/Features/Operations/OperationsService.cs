using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Features.Operations;

/// <summary>Backups and the state of the storage, for administrators; everybody else is refused as <see cref="Forbidden"/>.</summary>
public sealed class OperationsService(
    BackupFolder folder, RestoreTest test, IDbContextFactory<LogisticsDb> databases, CurrentUser user, IOptions<StorageOptions> storage,
    IOptions<BackupOptions> schedule, TimeProvider clock)
{
    public async Task<OperationsView> ReadAsync(CancellationToken ct = default)
    {
        user.Actor.DemandOperations();
        var record = await folder.ReadRecordAsync(ct);
        var database = new FileInfo(storage.Value.Database);
        return new OperationsView(
            folder.List(), record, schedule.Value, storage.Value.Backups, database.Exists ? database.Length : 0,
            new DriveInfo(storage.Value.Root).AvailableFreeSpace);
    }

    /// <summary>Makes a backup with all uploads. It is made to its end even if the page is left meanwhile.</summary>
    public async Task<BackupFile> BackUpAsync()
    {
        user.Actor.DemandOperations();
        try
        {
            return await Task.Run(() => folder.MakeAsync(BackupFile.Manual, CancellationToken.None));
        }
        catch (StartupProblem e)
        {
            throw Rejected.Because<OperationsText>("BackupFailed", e.Message);
        }
    }

    /// <summary>Tests that the newest backup can be restored; refuses with what is wrong with it.</summary>
    public async Task TestAsync()
    {
        user.Actor.DemandOperations();
        if (await Task.Run(() => test.RunAsync(CancellationToken.None)) is { } problem) throw Rejected.Because<OperationsText>("TestFailed", problem);
    }

    /// <summary>The path of a backup, after recording in the audit log that the acting person downloads it.</summary>
    public async Task<string> DownloadAsync(string name, CancellationToken ct = default)
    {
        user.Actor.DemandOperations();
        var path = folder.PathOf(name) ?? throw new NotFound();
        await using var db = await databases.CreateDbContextAsync(ct);
        db.Audit.Add(new AuditEntry
        {
            Entity = nameof(Person),
            EntityId = user.PersonId,
            Field = "Backup",
            New = name,
            At = clock.GetUtcNow(),
            ActorId = user.PersonId,
        });
        await db.SaveChangesAsync(ct);
        return path;
    }

    /// <summary>In the largest unit of which there is at least one.</summary>
    internal static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB"];
        var unit = 0;
        var size = (decimal)bytes;
        for (; size >= 1024 && unit < units.Length - 1; unit++) size /= 1024;
        return string.Create(CultureInfo.CurrentCulture, $"{size:0.#} {units[unit]}");
    }
}
