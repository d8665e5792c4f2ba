namespace LogisticsAdmin.Data;

/// <summary>What will become a fault of the storage unless somebody acts.</summary>
public enum StorageWarning
{
    /// <summary>The write-ahead log can't be moved into the database, because somebody keeps reading an old state of it.</summary>
    LogGrows = 1,
    DiskFills = 2,
}
