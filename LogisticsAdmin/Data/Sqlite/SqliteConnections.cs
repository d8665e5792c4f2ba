using Microsoft.Data.Sqlite;

namespace LogisticsAdmin.Data.Sqlite;

/// <summary>The connection strings of the app's database file.</summary>
internal static class SqliteConnections
{
    extension(StorageOptions storage)
    {
        /// <summary>
        /// How the app itself connects. The cache is private: with a shared one, waiting writers fail at once with SQLITE_LOCKED, which no
        /// busy timeout covers.
        /// </summary>
        public string SqliteConnection => new SqliteConnectionStringBuilder
        {
            DataSource = storage.Database,
            Cache = SqliteCacheMode.Private,
            ForeignKeys = true,
            DefaultTimeout = 10,
        }.ToString();

        /// <summary>For looking at the file without creating it; leaves nothing open behind.</summary>
        public string SqliteInspection => new SqliteConnectionStringBuilder(storage.SqliteConnection)
        {
            Mode = SqliteOpenMode.ReadWrite,
            Pooling = false,
        }.ToString();
    }
}
