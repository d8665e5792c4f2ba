using System.Runtime.InteropServices;

namespace LogisticsAdmin.Data;

/// <summary>Whatever the app writes is for its own user only: directories 0700, files 0600.</summary>
internal static class FileModes
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>
    /// Replaces the umask that the process was started with. SQLite, zip files and the keys of data protection then need no code of their own.
    /// </summary>
    public static void KeepPrivate()
    {
        if (!OperatingSystem.IsWindows()) _ = SetMask((uint)Others);
    }

    /// <summary>
    /// Takes the rights of others from a storage that an earlier version wrote. Returns false when the directory belongs to another user, who
    /// alone can do that. Uploads are not visited one by one: nobody else reaches them through the directory.
    /// </summary>
    public static bool Tighten(StorageOptions storage)
    {
        if (OperatingSystem.IsWindows()) return true;
        try
        {
            foreach (var directory in new[] { storage.Root, storage.Keys, storage.Backups }.Where(Directory.Exists))
            {
                Tighten(directory);
                foreach (var file in Directory.EnumerateFiles(directory)) Tighten(file);
            }
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Tighten(string path)
    {
        var mode = File.GetUnixFileMode(path);
        if ((mode & ~OwnerOnly) != 0) File.SetUnixFileMode(path, mode & OwnerOnly);
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint SetMask(uint mask);
}
