using System.Diagnostics;
using LogisticsAdmin.Data;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>A storage directory with many tickets, deleted afterwards.</summary>
internal sealed class BenchStore : IDisposable
{
    private BenchStore(string directory) => Directory = directory;

    public string Directory { get; }

    public string ConnectionString => new StorageOptions { Directory = Directory }.ConnectionString;

    public static async Task<BenchStore> WithTicketsAsync(int tickets)
    {
        var store = new BenchStore(await TestHouse.NewStorageAsync());
        var start = Stopwatch.GetTimestamp();
        await PlainTickets.WriteAsync(store.Directory, tickets);
        Console.WriteLine($"{tickets:N0} tickets written in {Stopwatch.GetElapsedTime(start).TotalSeconds:N1} s\n");
        return store;
    }

    public void Dispose() => TestHouse.DropStorage(Directory);
}
