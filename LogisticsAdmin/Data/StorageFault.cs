namespace LogisticsAdmin.Data;

/// <summary>What can be wrong with the storage while the app runs.</summary>
public enum StorageFault
{
    /// <summary>The database file or the storage directory is gone.</summary>
    Missing = 1,

    /// <summary>Another file lies in the place of the open database: what is written now will be lost.</summary>
    Replaced = 2,
    Locked = 3,
    ReadOnly = 4,
    Damaged = 5,
    Keys = 6,
    Uploads = 7,
    DiskSpace = 8,

    /// <summary>The probe has not come to an end.</summary>
    NoAnswer = 9,
}
