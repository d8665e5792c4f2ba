using LogisticsAdmin.Tests.Data;
using LogisticsAdmin.Tests.Support;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>SIGKILL among payments; hundreds of them are <c>-- bench soak</c>.</summary>
[Collection(nameof(KillTests))]
public sealed class PaymentKillTests
{
    private const int Kills = 20;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_among_payments_and_messages_nothing_is_lost_or_doubled()
    {
        var directory = await TestHost.NewStorageAsync();
        List<string> done = [];
        for (var kill = 0; kill < Kills; kill++) await KillablePayments.KillAsync(directory, 1 + (kill * 7 % 10), done, Ct);
        await using (var host = await TestHost.StartAsync(directory)) await KillablePayments.FinishAsync(host, Ct);
        TestHost.DropStorage(directory);
    }
}
