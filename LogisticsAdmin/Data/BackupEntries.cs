using System.Globalization;
using System.IO.Compression;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Data;

/// <summary>What a backup is unpacked to: bounded by the disk and by what each entry says of itself, and with the app's own file modes.</summary>
internal static class BackupEntries
{
    /// <summary>Refuses a backup for which the disk has no room, as <see cref="StartupProblem"/>, before anything is written.</summary>
    public static void DemandRoom(ZipArchive zip, string file, string directory)
    {
        Directory.CreateDirectory(directory);
        var (needed, free) = (zip.Entries.Sum(e => (decimal)e.Length), new DriveInfo(directory).AvailableFreeSpace);
        if (needed <= free) return;
        throw new StartupProblem(string.Create(
            CultureInfo.InvariantCulture,
            $"{file} unpacks to {needed / 1_000_000:0} MB, and only {free / 1_000_000} MB are free in {directory}. Free some space first. ")
            + "磁盘空间不足，无法解压备份。");
    }

    /// <summary>Refuses as <see cref="InvalidDataException"/> an entry that is shorter than it says; the reader stops where it should end.</summary>
    public static async Task UnpackAsync(this ZipArchiveEntry entry, string path, CancellationToken ct)
    {
        await using var packed = await entry.OpenAsync(ct);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        await packed.CopyToAsync(file, ct);
        if (file.Length != entry.Length) throw new InvalidDataException($"Entry {entry.FullName} is cut off.");
    }
}
