namespace LogisticsAdmin.Data;

/// <summary>The settings of section <c>Backups</c>. A number of zero leaves out backups of that rhythm.</summary>
public sealed class BackupOptions
{
    /// <summary>Whether the running app makes backups by itself and removes old ones.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>For how many hours the newest of each hour is kept.</summary>
    public int Hourly { get; set; } = 24;

    /// <summary>For how many days the newest of each day is kept.</summary>
    public int Daily { get; set; } = 14;

    /// <summary>Of how many weeks the newest is kept.</summary>
    public int Weekly { get; set; } = 8;
}
