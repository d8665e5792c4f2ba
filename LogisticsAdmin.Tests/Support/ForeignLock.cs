using LogisticsAdmin.Data;
using Microsoft.Data.Sqlite;

namespace LogisticsAdmin.Tests.Support;

/// <summary>Another program that has begun to write to a storage's database and does not end.</summary>
internal sealed class ForeignLock : IAsyncDisposable
{
    private readonly SqliteConnection _connection;

    private ForeignLock(SqliteConnection connection) => _connection = connection;

    public static ForeignLock On(string directory)
    {
        var connection = new SqliteConnection($"Data Source={new StorageOptions { Directory = directory }.Database};Pooling=False");
        connection.Open();
        using var begin = connection.CreateCommand();
        begin.CommandText = "BEGIN EXCLUSIVE";
        begin.ExecuteNonQuery();
        return new ForeignLock(connection);
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
