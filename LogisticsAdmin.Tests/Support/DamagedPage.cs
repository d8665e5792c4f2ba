using LogisticsAdmin.Data;
using Microsoft.Data.Sqlite;

namespace LogisticsAdmin.Tests.Support;

/// <summary>What a failing disk does to a database: one page holds something else.</summary>
internal static class DamagedPage
{
    /// <summary>Overwrites the first page of this table or index.</summary>
    public static void In(string directory, string name)
    {
        var path = new StorageOptions { Directory = directory }.Database;
        long page, size;
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            Read(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
            page = Read(connection, $"SELECT rootpage FROM sqlite_master WHERE name = '{name}'");
            size = Read(connection, "PRAGMA page_size");
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        file.Position = (page - 1) * size;
        file.Write(Enumerable.Repeat((byte)0xA5, (int)size).ToArray());
    }

    private static long Read(SqliteConnection connection, string query)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Written by the tests.
        command.CommandText = query;
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }
}
