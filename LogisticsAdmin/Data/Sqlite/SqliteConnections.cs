using Microsoft.Data.Sqlite;

namespace LogisticsAdmin.Data.Sqlite;

/// <summary>The connection strings of the app's database file.</summary>
internal static class SqliteConnections
{
    extension(StorageOptions storage)
    {
        /// <summary>
        /// The app's own connections. The cache is private: with a shared one, waiting writers fail at once with SQLITE_LOCKED, to which the
        /// busy timeout does not apply.
        /// </summary>
        public string SqliteConnection => new SqliteConnectionStringBuilder
        {
            DataSource = storage.Database,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 10,
        }.ToString();

        /// <summary>For inspecting an existing file: does not create it, and is not pooled, so that the file is closed afterwards.</summary>
        public string SqliteInspection => InspectionOf(storage.Database);
    }

    /// <summary>The same for another database file.</summary>
    public static string InspectionOf(string file) => new SqliteConnectionStringBuilder
    {
        DataSource = file,
        ForeignKeys = true,
        DefaultTimeout = 10,
        Mode = SqliteOpenMode.ReadWrite,
        Pooling = false,
    }.ToString();
}
