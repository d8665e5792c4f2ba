using System.Globalization;
using LogisticsAdmin.Data;
using LogisticsAdmin.Data.Sqlite;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>A storage directory with many tickets of the demo generator, deleted afterwards.</summary>
internal sealed class BenchStore : IDisposable
{
    /// <summary>
    /// BENCH_STORE names an existing storage directory that the demo command filled, for example with a million tickets. It is used as it is
    /// and not deleted.
    /// </summary>
    public static readonly string? Given = Environment.GetEnvironmentVariable("BENCH_STORE");

    private BenchStore(string directory) => Directory = directory;

    public string Directory { get; }

    public string ConnectionString => new StorageOptions { Directory = Directory }.SqliteConnection;

    public static async Task<BenchStore> WithTicketsAsync(int tickets, int months = 24)
    {
        if (Given is not null) return new BenchStore(Given);
        var store = new BenchStore(await TestHost.NewStorageAsync());
        string[] command =
        [
            "demo", "--tickets", tickets.ToString(CultureInfo.InvariantCulture),
            "--months", months.ToString(CultureInfo.InvariantCulture), "--seed", "7",
        ];
        var (exit, output, error) = await AppProcess.RunAsync(store.Directory, command, CancellationToken.None, ("ASPNETCORE_ENVIRONMENT", "Development"));
        if (exit != 0) throw new InvalidOperationException($"{string.Join(' ', command)} ended with {exit}: {output}{error}");
        Console.WriteLine(output.Trim() + Environment.NewLine);
        return store;
    }

    public void Dispose()
    {
        if (Directory != Given) TestHost.DropStorage(Directory);
    }
}
