using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>SIGKILL among billing runs; hundreds of them are <c>-- bench soak</c>.</summary>
[Collection(nameof(KillTests))]
public sealed class BillingKillTests
{
    private const int Kills = 20;

    [Fact]
    public async Task Killed_in_the_middle_a_run_goes_on_and_bills_every_room_once()
    {
        var directory = await TestHost.NewStorageAsync();
        int rooms;
        await using (var host = await TestHost.StartAsync(directory)) rooms = await KillableBilling.PrepareAsync(host);
        for (var kill = 0; kill < Kills; kill++)
            Assert.True(await KillableBilling.KillAsync(directory, 1 + (kill % 2), TestContext.Current.CancellationToken), "There is nothing left to kill.");

        await using (var host = await TestHost.StartAsync(directory)) await KillableBilling.FinishAsync(host, rooms);
        TestHost.DropStorage(directory);
    }
}
