using LogisticsAdmin.Features.Fees.MoveOut;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

public sealed partial class MoveOutTests
{
    [Fact]
    public async Task A_statement_that_is_settled_while_the_database_is_locked_is_settled_afterwards_once()
    {
        await using var host = await LockedDatabase.OpenAsync(TestHost.Start);
        var (_, meter) = await TwoPeopleAsync(host);
        await host.ReadAsync(meter, Leaving, 100);
        var draft = await DrawUpAsync(host);
        var service = (await host.AsAsync(TestUsers.Manager)).Get<MoveOutService>();

        await LockedDatabase.RefusedAsync(host, [("settle", () => service.SettleAsync(FormOf(draft), Ct))]);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.Set<MoveOutStatement>().CountAsync(Ct)));
        Assert.Equal((0L, 0L), (await OwnAsync(host), await host.BalanceAsync("cash")));

        await service.SettleAsync(FormOf(draft), Ct);
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<MoveOutStatement>().CountAsync(Ct)));
        Assert.Equal((0L, -4_872L), (await OwnAsync(host), await host.BalanceAsync("cash")));
        await host.DemandSoundAsync();
    }
}
