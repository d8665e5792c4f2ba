using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Refunds that a gateway does not make, paid out at the counter.</summary>
public sealed class CashRefundTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_gateway_does_not_refund_is_paid_out_once_with_a_receipt()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await RefusedAsync(host, tries: 4);
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<CashRefunds>();
        Assert.Equal("RefundStillTried", (await Assert.ThrowsAsync<Rejected>(() => manager.PayOutAsync(id, Ct))).Code);
        await TryAsync(host, 1);
        foreach (var (who, refusal) in new[] { (TestUsers.Dispatcher, typeof(Forbidden)), (TestUsers.Resident, typeof(NotFound)) })
        {
            var other = (await host.AsAsync(who)).Get<CashRefunds>();
            Assert.Equal(refusal, (await Record.ExceptionAsync(() => other.PayOutAsync(id, Ct)))?.GetType());
        }
        await Assert.ThrowsAsync<NotFound>(() => manager.PayOutAsync(99_999, Ct));
        var trouble = Assert.Single(await (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>().TroublesAsync(Ct));
        Assert.Equal((MoneyTroubleKind.NotRefunded, id), (trouble.Kind, trouble.RefundId));

        var people = new List<CashRefunds>();
        for (var n = 0; n < 6; n++) people.Add((await host.AsAsync(n % 2 == 0 ? TestUsers.Manager : TestUsers.Administrator)).Get<CashRefunds>());
        var numbers = await Task.WhenAll(
            people.Select(p => Task.Run(() => p.PayOutAsync(id, Ct), Ct)).Append(Task.Run(async () =>
            {
                await TryAsync(host, 1);
                return "";
            }, Ct)));
        var number = Assert.Single(numbers.Where(n => n.Length > 0).Distinct());
        Assert.StartsWith("TP202611", number, StringComparison.Ordinal);
        // Who got cash is not told that it came back the way it was paid.
        Assert.Equal("50.00 元已退款", new PaymentNotificationKind(PaymentNotificationKind.Refunded).TextFor("5000").Zh);

        // The bank would make it now, and is not asked any more.
        await host.DisturbAsync(
            "INSERT INTO SandboxTrades (RequestNumber, AmountFen, Status, PaidAt, Refunds, RefundedFen, Version) "
            + "SELECT RequestNumber, 5000, 3, PaidAt, '', 0, 1 FROM PaymentAttempts");
        await TryAsync(host, 3);
        Assert.Equal(RefundState.InCash, await host.InDatabaseAsync(db => db.PaymentRefunds.Select(r => r.State).SingleAsync(Ct)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.SandboxTrades.SumAsync(t => t.RefundedFen, Ct)));
        Assert.Equal((5_000L, -10_000L, 5_000L), (
            await host.BalanceAsync(await host.RoomKeyAsync()), await host.BalanceAsync("gateway:sandbox"), await host.BalanceAsync("cash")));
        Assert.Empty(await (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>().TroublesAsync(Ct));
        await host.DemandSoundAsync();

        foreach (var who in new[] { TestUsers.Resident, TestUsers.Dispatcher })
        {
            var receipt = await (await host.AsAsync(who)).Get<ReceiptDocument>().ReadAsync(number, Ct);
            Assert.Contains(receipt.Blocks.OfType<Table>().Single().Rows, r => r.Cells[1].Contains("50.00", StringComparison.Ordinal));
        }
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Technician)).Get<ReceiptDocument>().ReadAsync(number, Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<ReceiptDocument>().ReadAsync("TP1", Ct));
    }

    [Fact]
    public async Task What_the_gateway_has_refunded_without_saying_so_is_not_paid_out()
    {
        await using var host = await TestHost.OpenAsync();
        var id = await RefusedAsync(host, tries: 5);
        await host.DisturbAsync(
            "INSERT INTO SandboxTrades (RequestNumber, AmountFen, Status, PaidAt, Refunds, RefundedFen, Version) "
            + "SELECT a.RequestNumber, 5000, 3, a.PaidAt, r.RequestNumber || ':5000:0', 5000, 1 "
            + "FROM PaymentRefunds r JOIN PaymentAttempts a ON a.Id = r.AttemptId");
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<CashRefunds>();

        Assert.Equal("RefundMade", (await Assert.ThrowsAsync<Rejected>(() => manager.PayOutAsync(id, Ct))).Code);
        Assert.Equal(RefundState.Done, await host.InDatabaseAsync(db => db.PaymentRefunds.Select(r => r.State).SingleAsync(Ct)));
        Assert.Equal(0, await host.BalanceAsync("cash"));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Nothing_is_paid_out_while_a_gateway_does_not_say_whether_it_has_refunded()
    {
        await using var alipay = await AlipayServer.StartAsync();
        await using var host = await TestHost.OpenAsync(alipay.Use);
        var id = await RefusedAsync(host, tries: 5);
        await host.DisturbAsync("UPDATE PaymentAttempts SET Gateway = 'alipay'");
        alipay.Fault = "silence";
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<CashRefunds>();
        Assert.Equal("RefundUnknown", (await Assert.ThrowsAsync<Rejected>(() => manager.PayOutAsync(id, Ct))).Code);
        alipay.Fault = null;
        Assert.StartsWith("TP", await manager.PayOutAsync(id, Ct), StringComparison.Ordinal);
        await host.DemandSoundAsync();
    }

    /// <summary>An order paid in two ways, of which the bank of the sandbox knows neither and refunds nothing.</summary>
    private static async Task<long> RefusedAsync(TestHost host, int tries)
    {
        var order = await host.OrderAsync();
        foreach (var request in new[] { await host.OpenAsync(order), await host.OpenAsync(order) }) await host.HearAsync(await host.SaidAsync(request));
        await TryAsync(host, tries);
        return await host.InDatabaseAsync(db => db.PaymentRefunds.Select(r => r.Id).SingleAsync(Ct));
    }

    private static async Task TryAsync(TestHost host, int times)
    {
        for (var n = 0; n < times; n++)
        {
            host.Clock.Advance(TimeSpan.FromHours(1));
            await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        }
    }
}
