using System.Globalization;
using LogisticsAdmin.Tests.Support;

namespace LogisticsAdmin.Tests.Benchmarks;

/// <summary>
/// Hundreds of times SIGKILL among payments on one database, and as often among billing runs; run only by its name. The environment variable KILLS sets
/// how often. It fails at the first payment or bill that is lost or doubled.
/// </summary>
internal static class SoakBench
{
    public const string Name = "soak";

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("KILLS") ?? "200", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        await PayAsync();
        await BillAsync();
    }

    private static async Task PayAsync()
    {
        var directory = await TestHost.NewStorageAsync();
        List<string> done = [];
        for (var kill = 1; kill <= Kills; kill++)
        {
            await KillablePayments.KillAsync(directory, Random.Shared.Next(1, 40), done, CancellationToken.None);
            if (kill % 10 == 0) Console.WriteLine($"{kill} kills, {done.Count} acts done");
        }
        await using (var host = await TestHost.StartAsync(directory)) await KillablePayments.FinishAsync(host, CancellationToken.None);
        TestHost.DropStorage(directory);
        Console.WriteLine($"{Kills} kills, {done.Count} acts done: nothing lost, nothing doubled");
    }
    // When everything is billed it begins anew on another database.
    private static async Task BillAsync()
    {
        var kill = 0;
        while (kill < Kills)
        {
            var directory = await TestHost.NewStorageAsync();
            int rooms;
            await using (var host = await TestHost.StartAsync(directory)) rooms = await KillableBilling.PrepareAsync(host);
            while (kill < Kills && await KillableBilling.KillAsync(directory, Random.Shared.Next(1, 6), CancellationToken.None)) kill++;
            await using (var host = await TestHost.StartAsync(directory)) await KillableBilling.FinishAsync(host, rooms);
            TestHost.DropStorage(directory);
            Console.WriteLine($"{kill} kills among billing runs: nothing lost, nothing doubled");
        }
    }
}
