namespace LogisticsAdmin.Data;

/// <summary>The settings of section <c>Storage</c>.</summary>
public sealed class StorageOptions
{
    /// <summary>The name of the database in the storage directory and in backups.</summary>
    public const string DatabaseName = "logistics.db";

    /// <summary>Where the database, keys, uploads and backups live. May be relative to the working directory in Development only.</summary>
    public string Directory { get; set; } = "storage";

    /// <summary>True waits for the disk at each commit: an acknowledged change then survives a power cut, not only a killed process.</summary>
    public bool SynchronousFull { get; set; }

    /// <summary>With less free space than this the app is not ready.</summary>
    public long MinimumFreeMegabytes { get; set; } = 200;

    /// <summary>With less free space than this the log and administrators are warned.</summary>
    public long WarnFreeMegabytes { get; set; } = 2000;

    /// <summary>A write-ahead log of this size is reported: it can't be moved into the database. Normally it stays below 64 MB.</summary>
    public long WarnLogMegabytes { get; set; } = 256;

    public long MinimumFreeBytes => MinimumFreeMegabytes * 1024 * 1024;

    public string Root => Path.GetFullPath(Directory);
    public string Database => Path.Combine(Root, DatabaseName);
    public string Keys => Path.Combine(Root, "keys");
    public string Uploads => Path.Combine(Root, "uploads");
    public string Backups => Path.Combine(Root, "backups");

    /// <summary>The code of the first administrator, while there is none.</summary>
    public string SetupCode => Path.Combine(Root, "setup-code.txt");
}
