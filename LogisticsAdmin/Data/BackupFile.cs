using System.Globalization;

namespace LogisticsAdmin.Data;

/// <summary>A backup in the backups folder. Its name says when and why it was made.</summary>
public sealed record BackupFile(string Name, DateTimeOffset At, string Why, long Bytes)
{
    /// <summary>Why a backup was made: by the schedule, without or with uploads, from the page, or before something replaced the database.</summary>
    public const string Database = "database", Weekly = "weekly", Manual = "manual", BeforeMigration = "before-migration", BeforeRestore = "before-restore";

    private const string MomentFormat = "yyyyMMdd-HHmmss";

    /// <summary>The database alone.</summary>
    public bool IsDatabaseOnly => Why == Database;

    /// <summary>Made before something replaced the database.</summary>
    public bool IsWayBack => Why is BeforeMigration or BeforeRestore;

    /// <summary>Not a backup, but the copy of a database that was too damaged for one.</summary>
    public bool IsDamaged => Why.EndsWith(".damaged.db", StringComparison.Ordinal);

    public static string NameFor(DateTimeOffset at, string why) =>
        $"{at.UtcDateTime.ToString(MomentFormat, CultureInfo.InvariantCulture)}-{why}.zip";

    /// <summary>Null for a file that is not one of ours.</summary>
    public static BackupFile? Read(FileInfo file)
    {
        var name = file.Name;
        if (name.Length <= MomentFormat.Length || name[MomentFormat.Length] != '-') return null;
        var isMoment = DateTimeOffset.TryParseExact(name[..MomentFormat.Length], MomentFormat, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal, out var at);
        var why = name[(MomentFormat.Length + 1)..];
        if (!isMoment || !(why.EndsWith(".zip", StringComparison.Ordinal) || why.EndsWith(".damaged.db", StringComparison.Ordinal))) return null;
        return new BackupFile(name, at, why.EndsWith(".zip", StringComparison.Ordinal) ? why[..^4] : why, file.Length);
    }
}
