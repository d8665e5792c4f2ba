using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LogisticsAdmin.Data;

/// <summary>
/// Uses everything that the app needs of its storage once: writes to the database and reads from it, reads the keys, writes an upload, and
/// asks for the free space.
/// </summary>
public sealed class StorageProbe(
    IDbContextFactory<LogisticsDb> databases, IDatabaseStorage database, WriteGate gate, IKeyManager keys, IDataProtectionProvider protection,
    StorageState state, IOptions<StorageOptions> storage)
{
    /// <summary>The only name under which an upload is tried, so that a killed process leaves at most one such file. Backups leave it out.</summary>
    public const string UploadName = ".probe.tmp";

    /// <summary>Shorter than a writer's time, so that a lock is found soon. Own writers that hold the gate for longer prove that writing works.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly IDataProtector _protector = protection.CreateProtector(nameof(StorageProbe));
    private string? _protected;

    /// <summary>The first thing that does not work; null when everything does.</summary>
    public async Task<(StorageFault? Fault, Exception? Cause)> FindFaultAsync(CancellationToken ct)
    {
        if (!File.Exists(storage.Value.Database)) return (StorageFault.Missing, null);
        return await OfAsync(() => ProbeDatabaseAsync(ct), e => database.FaultOf(e))
            ?? await OfAsync(() => Task.FromResult(ProbeKeys()), _ => StorageFault.Keys)
            ?? await OfAsync(() => ProbeUploadsAsync(ct), _ => StorageFault.Uploads)
            ?? await OfAsync(() => Task.FromResult(ProbeDisk()), _ => StorageFault.DiskSpace)
            ?? (null, null);
    }

    private static async Task<(StorageFault?, Exception?)?> OfAsync(Func<Task<StorageFault?>> probe, Func<Exception, StorageFault> faultOf)
    {
        try
        {
            return await probe() is { } fault ? (fault, null) : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            return (faultOf(e), e);
        }
    }

    private async Task<StorageFault?> ProbeDatabaseAsync(CancellationToken ct)
    {
        using (var turn = await gate.TryEnterAsync(Patience, ct))
        {
            if (turn is null && gate.IsLockedOut) return StorageFault.Locked;
            if (turn is not null && !await turn.BeginAsync(() => database.ProbeWriteAsync(Patience, ct), e => database.FaultOf(e) == StorageFault.Locked))
                return StorageFault.Replaced;
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Roles.AnyAsync(ct);
        return null;
    }

    /// <summary>Keys in use are in memory, so their files are read as well.</summary>
    private StorageFault? ProbeKeys()
    {
        _protected ??= _protector.Protect(nameof(StorageProbe));
        if (_protector.Unprotect(_protected) != nameof(StorageProbe) || keys.GetAllKeys().All(k => k.IsRevoked)) return StorageFault.Keys;
        return null;
    }

    private async Task<StorageFault?> ProbeUploadsAsync(CancellationToken ct)
    {
        if (!Directory.Exists(storage.Value.Root)) return StorageFault.Missing;
        Directory.CreateDirectory(storage.Value.Uploads);
        var file = Path.Combine(storage.Value.Uploads, UploadName);
        await File.WriteAllBytesAsync(file, [1], ct);
        File.Delete(file);
        return null;
    }

    private StorageFault? ProbeDisk()
    {
        var (free, limit) = (new DriveInfo(storage.Value.Root).AvailableFreeSpace, storage.Value.WarnFreeMegabytes * 1024 * 1024);
        state.Warn(StorageWarning.DiskFills, free, isBad: free < limit, isGood: free > limit + limit / 10);
        return free < storage.Value.MinimumFreeBytes ? StorageFault.DiskSpace : null;
    }
}
