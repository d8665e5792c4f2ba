using System.Net;
using System.Text;
using CsCheck;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Orders and what gateways say about them: each counts once, whatever happens.</summary>
public sealed class PaymentTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0.01", 1)]
    [InlineData("99999999.99", 9_999_999_999)]
    [InlineData("99,999,999.99", 9_999_999_999)]
    [InlineData("５０．２０", 5_020)]
    [InlineData(" 1 000.5 ", 100_050)]
    [InlineData("￥12", 1_200)]
    [InlineData("12.30000", 1_230)]
    public async Task An_amount_is_understood_as_it_is_typed(string typed, long fen)
    {
        await using var host = await TestHost.OpenAsync();
        await host.OrderAsync(typed);

        Assert.Equal(fen, await host.InDatabaseAsync(db => db.PaymentOrders.Select(o => o.AmountFen).SingleAsync(Ct)));
    }

    [Theory]
    [InlineData("0", "AmountRange")]
    [InlineData("0.00", "AmountRange")]
    [InlineData("-5", "AmountRange")]
    [InlineData("100000000", "AmountRange")]
    [InlineData("1.005", "AmountDecimals")]
    [InlineData("0.001", "AmountDecimals")]
    [InlineData("", "AmountMissing")]
    [InlineData(null, "AmountMissing")]
    [InlineData("　", "AmountMissing")]
    [InlineData("五十", "AmountNoNumber")]
    [InlineData("1,5", "AmountNoNumber")]
    [InlineData("1e3", "AmountNoNumber")]
    [InlineData("99999999999999999999999999999999", "AmountNoNumber")]
    public async Task What_is_no_amount_is_refused_at_the_field(string? typed, string code)
    {
        await using var host = await TestHost.OpenAsync();
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();
        var refused = await Assert.ThrowsAsync<Rejected>(() => payments.CreateAsync(new TopUpForm { Target = PaymentTarget.Room, Amount = typed }, Ct));

        Assert.Equal((nameof(TopUpForm.Amount), code), (refused.Problems[0].Field, refused.Code));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(Ct)));
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_order_and_who_has_no_room_pays_into_their_own_account()
    {
        await using var host = await TestHost.OpenAsync();
        var form = new TopUpForm { Target = PaymentTarget.Room, Amount = "5", Key = Guid.NewGuid() };
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();

        Assert.Equal(await payments.CreateAsync(form, Ct), await payments.CreateAsync(form, Ct));
        var homeless = (await host.AsAsync(TestUsers.Dispatcher)).Get<PaymentService>();
        var toRoom = new TopUpForm { Target = PaymentTarget.Room, Amount = "5" };
        Assert.Equal("NoRoom", (await Assert.ThrowsAsync<Rejected>(() => homeless.CreateAsync(toRoom, Ct))).Code);
        Assert.StartsWith("CZ20261122-", await homeless.CreateAsync(new TopUpForm { Target = PaymentTarget.Own, Amount = "5" }, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_moved_since_pays_no_more_into_the_room_and_what_was_opened_before_still_counts()
    {
        await using var host = await TestHost.OpenAsync();
        var (key, order) = (await host.RoomKeyAsync(), await host.OrderAsync());
        var request = await host.OpenAsync(order);
        var said = await host.SaidAsync(request);
        await host.InDatabaseAsync(async db =>
        {
            (await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct)).MoveTo(null);
            return await db.SaveChangesAsync(Ct);
        });
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();

        Assert.Equal("NoRoom", (await Assert.ThrowsAsync<Rejected>(() => host.OpenAsync(order))).Code);
        Assert.Equal("NoRoom", (await Assert.ThrowsAsync<Rejected>(() => payments.PayAddressAsync(request, false, Ct))).Code);
        Assert.True(await host.HearAsync(said));
        Assert.Equal(5_000, await host.BalanceAsync(key));
    }

    [Theory]
    [InlineData(119, false, true)]
    [InlineData(120, false, false)]
    [InlineData(1, true, false)]
    public async Task A_way_to_pay_leads_to_the_gateway_only_while_it_is_asked_about(int minutes, bool isGivenUp, bool leads)
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var request = await host.OpenAsync(order);
        host.Clock.Advance(TimeSpan.FromMinutes(minutes));
        if (isGivenUp) await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE PaymentAttempts SET NextAskAt = NULL", Ct));
        var payments = (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>();

        if (leads) Assert.NotEmpty(await payments.PayAddressAsync(request, false, Ct));
        else Assert.Equal("WayExpired", (await Assert.ThrowsAsync<Rejected>(() => payments.PayAddressAsync(request, false, Ct))).Code);
        Assert.NotEmpty(await payments.PayAddressAsync(await host.OpenAsync(order), false, Ct));
    }

    [Fact]
    public async Task A_payment_is_applied_once_with_a_receipt_and_a_message_and_answered_well_when_it_comes_again()
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var said = await host.SaidAsync(await host.OpenAsync(order));
        for (var n = 0; n < 3; n++) Assert.True(await host.HearAsync(said));
        // The same with another signature.
        Assert.True(await host.HearAsync(await host.SaidAsync(said["request"])));

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        var row = await (await host.AsAsync(TestUsers.Resident)).Get<PaymentService>().FindAsync(order, Ct);
        Assert.Equal((OrderState.Paid, "SJ20261122-0001", "sandbox"), (row.State, row.ReceiptNumber, row.PaidWith));
        var heard = await host.InDatabaseAsync(db => db.PaymentNotifications.OrderBy(n => n.Id).ToListAsync(Ct));
        Assert.Equal([(NoticeOutcome.Applied, 4)], heard.Select(n => (n.Outcome, n.Times)));
        Assert.Equal(1, await host.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().CountAsync(i => i.Kind == PaymentNotificationKind.Received, Ct)));
        await Assert.ThrowsAsync<Rejected>(() => host.OpenAsync(order));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_wrong_signature_stores_nothing_and_what_is_not_ours_changes_no_money()
    {
        await using var host = await TestHost.OpenAsync();
        var request = await host.OpenAsync(await host.OrderAsync());
        var forged = new Dictionary<string, string>(await host.SaidAsync(request)) { ["fen"] = "1" };
        Assert.False(await host.HearAsync(forged));
        Assert.False(await host.HearAsync(new Dictionary<string, string>()));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PaymentNotifications.CountAsync(Ct)));
        await Assert.ThrowsAsync<NotFound>(() => host.Services.GetRequiredService<NotificationService>().ReceiveAsync("alipay", forged, "", Ct));

        Assert.True(await host.HearAsync(await host.SaidAsync(request, amount: new Money(4_999))));
        Assert.True(await host.HearAsync(await host.SaidAsync(request, app: "another")));
        Assert.True(await host.HearAsync(await host.SaidAsync("unknown", amount: new Money(5_000))));
        var outcomes = await host.InDatabaseAsync(db => db.PaymentNotifications.OrderBy(n => n.Id).Select(n => n.Outcome).ToListAsync(Ct));
        Assert.Equal([NoticeOutcome.AmountDiffers, NoticeOutcome.OtherApplication, NoticeOutcome.UnknownOrder], outcomes);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.CountAsync(Ct)));
    }

    [Fact]
    public async Task The_order_of_messages_changes_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        var key = await host.RoomKeyAsync();
        TradeStatus[] statuses = [TradeStatus.Waiting, TradeStatus.Closed, TradeStatus.Paid, TradeStatus.Paid, TradeStatus.Closed];
        await Gen.Shuffle(statuses).SampleAsync(async order =>
        {
            var before = await host.BalanceAsync(key);
            var request = await host.OpenAsync(await host.OrderAsync("7"));
            foreach (var status in order) Assert.True(await host.HearAsync(await host.SaidAsync(request, status)));
            Assert.Equal(before + 700, await host.BalanceAsync(key));
        }, iter: 20, threads: 1);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Who_pays_twice_gets_the_second_payment_back_by_itself_once_and_is_told()
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var bank = (await host.AsAsync(TestUsers.Resident)).Get<SandboxBank>();
        await bank.DoAsync(await host.OpenAsync(order), SandboxAct.PayTwice, Ct);

        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(-5_000, await host.BalanceAsync("gateway:sandbox"));
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        for (var n = 0; n < 3; n++) await runner.RunAsync(Ct);
        var refund = await host.InDatabaseAsync(db => db.PaymentRefunds.Include(r => r.Attempt).SingleAsync(Ct));
        Assert.Equal(RefundState.Done, refund.State);
        var trade = await host.InDatabaseAsync(db => db.SandboxTrades.SingleAsync(t => t.RefundedFen > 0, Ct));
        Assert.Equal(
            (refund.Attempt.RequestNumber, refund.RequestNumber, 5_000), (trade.RequestNumber, Assert.Single(trade.Made).Number, trade.RefundedFen));
        var told = await host.InDatabaseAsync(db => db.Set<Features.Inbox.InboxItem>().OrderBy(i => i.Id).Select(i => i.Kind).ToListAsync(Ct));
        Assert.Equal([PaymentNotificationKind.Received, PaymentNotificationKind.PaidTwice, PaymentNotificationKind.Refunded], told);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_conflict_keeps_the_record_of_what_arrived_and_it_is_applied_later()
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var request = await host.OpenAsync(order);
        // Another order has the receipt number that comes next.
        await host.OrderAsync("1");
        await SetReceiptAsync("SJ20261122-0001");

        Assert.True(await host.HearAsync(await host.SaidAsync(request)));
        Assert.Equal(NoticeOutcome.Waiting, await host.InDatabaseAsync(db => db.PaymentNotifications.Select(n => n.Outcome).SingleAsync(Ct)));
        Assert.Equal(0, await host.InDatabaseAsync(db => db.LedgerEntries.CountAsync(Ct)));
        await SetReceiptAsync(null);
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);

        Assert.Equal(NoticeOutcome.Applied, await host.InDatabaseAsync(db => db.PaymentNotifications.Select(n => n.Outcome).SingleAsync(Ct)));
        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        await host.DemandSoundAsync();

        Task SetReceiptAsync(string? number) => host.InDatabaseAsync(db =>
            db.Database.ExecuteSqlInterpolatedAsync($"UPDATE PaymentOrders SET ReceiptNumber = {number} WHERE AmountFen = 100", Ct));
    }

    [Fact]
    public async Task What_no_message_says_is_asked_for_after_growing_pauses_for_a_day()
    {
        await using var host = await TestHost.OpenAsync();
        var (request, unpaid) = (await host.OpenAsync(await host.OrderAsync()), await host.OpenAsync(await host.OrderAsync("3")));
        var bank = (await host.AsAsync(TestUsers.Resident)).Get<SandboxBank>();
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        await runner.RunAsync(Ct);
        Assert.Equal(0, await AskedAsync());
        await bank.DoAsync(request, SandboxAct.NotifyLate, Ct);
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await runner.RunAsync(Ct);
        Assert.Equal(5_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await runner.RunAsync(Ct);
        Assert.Equal([NoticeOutcome.Applied, NoticeOutcome.Repeated], await host.InDatabaseAsync(db =>
            db.PaymentNotifications.OrderBy(n => n.Id).Select(n => n.Outcome).ToListAsync(Ct)));

        List<double> pauses = [];
        var last = TestHost.Start + TimeSpan.FromMinutes(1);
        while (await NextAsync() is { } next)
        {
            pauses.Add((next - last).TotalMinutes);
            last = next;
            host.Clock.SetUtcNow(next);
            await runner.RunAsync(Ct);
        }
        Assert.Equal([2, 5, 15, 60, 60], pauses.Take(5));
        Assert.Equal(TestHost.Start + TimeSpan.FromHours(24), last);
        Assert.Equal(AttemptState.Closed, await host.InDatabaseAsync(db =>
            db.PaymentAttempts.Where(a => a.RequestNumber == unpaid).Select(a => a.State).SingleAsync(Ct)));
        Assert.True(await host.HearAsync(await host.SaidAsync(unpaid)));
        Assert.Equal(5_300, await host.BalanceAsync(await host.RoomKeyAsync()));
        await host.DemandSoundAsync();

        Task<int> AskedAsync() => host.InDatabaseAsync(db => db.PaymentAttempts.SumAsync(a => a.Asked, Ct));
        Task<DateTimeOffset?> NextAsync() => host.InDatabaseAsync(db =>
            db.PaymentAttempts.Where(a => a.RequestNumber == unpaid).Select(a => a.NextAskAt).SingleAsync(Ct));
    }

    [Theory]
    [InlineData(SandboxAct.Pay, true)]
    [InlineData(SandboxAct.Fail, false)]
    [InlineData(SandboxAct.PayLater, true)]
    [InlineData(SandboxAct.PayTwice, true)]
    [InlineData(SandboxAct.NotifyLate, true)]
    [InlineData(SandboxAct.NotifyRepeatedly, true)]
    [InlineData(SandboxAct.OutOfOrder, true)]
    public async Task Whatever_the_bank_does_an_order_is_paid_once_or_not_at_all(SandboxAct act, bool isPaid)
    {
        await using var host = await TestHost.OpenAsync();
        await (await host.AsAsync(TestUsers.Resident)).Get<SandboxBank>().DoAsync(await host.OpenAsync(await host.OrderAsync()), act, Ct);
        for (var n = 0; n < 4; n++)
        {
            host.Clock.Advance(TimeSpan.FromMinutes(1));
            await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        }

        Assert.Equal(isPaid ? 5_000 : 0, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(isPaid ? 1 : 0, await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(o => o.State == OrderState.Paid, Ct)));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Nothing_is_lost_or_doubled_when_200_things_happen_at_once()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("1000");
        var (key, room) = (await host.RoomKeyAsync(), await host.ResidentsRoomAsync());
        await host.RateAsync("electricity", PriceRule.Flat(1));
        await host.MeterAsync("electricity", room.Id, [(new(2026, 8, 31), 0), (new(2026, 9, 30), 10)]);
        await host.StaysAsync(room.Id, (TestUsers.Resident, TestHost.Start.AddYears(-1), null));
        var account = await host.AccountAsync(key);
        var number = await host.InDatabaseAsync(db => db.Users.Where(p => p.UserName == TestUsers.Resident).Select(p => p.Number).SingleAsync(Ct));
        var orders = new string[40];
        var said = new List<IReadOnlyDictionary<string, string>>();
        for (var n = 0; n < orders.Length; n++)
        {
            orders[n] = await host.OrderAsync("3");
            // Every fourth is paid in two ways.
            for (var ways = 0; ways <= (n % 4 == 0 ? 1 : 0); ways++) said.Add(await host.SaidAsync(await host.OpenAsync(orders[n])));
        }
        var proposals = new List<long>();
        for (var n = 0; n < 20; n++)
        {
            proposals.Add(await (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>().ProposeAsync(account, n % 2 == 0
                ? new MoneyProposalForm { Kind = MoneyProposalKind.Refund, Amount = "1", Reason = "退宿" }
                : new MoneyProposalForm { Kind = MoneyProposalKind.Transfer, Amount = "1", Reason = "调宿", To = number }, Ct));
        }
        var cash = Enumerable.Range(0, 20).Select(_ => Guid.NewGuid()).ToList();
        List<Func<Task>> acts =
        [
            .. said.Concat(said).Select(s => (Func<Task>)(() => host.HearAsync(s))),
            .. proposals.Concat(proposals).Select(p => (Func<Task>)(async () =>
                await RefusedAsync(() => ApproveAsync(p)))),
            .. cash.Concat(cash).Select(k => (Func<Task>)(() => CashAsync(k))),
            .. Enumerable.Range(0, 20).Select(_ => (Func<Task>)(() => host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct))),
            () => host.BillAsync("electricity", "2026-09"),
        ];
        Assert.True(acts.Count >= 200);
        await Task.WhenAll(acts.OrderBy(_ => Random.Shared.Next()).Select(a => Task.Run(a, Ct)));

        // 1,000 and 40 payments, 20 times cash of 2 yuan, 10 refunds and 10 transfers of one yuan, a bill of 10 yuan.
        Assert.Equal(100_000 + (40 * 300) + (20 * 200) - (20 * 100) - 1_000, await host.BalanceAsync(key));
        Assert.Equal(1_000, await host.BalanceAsync(LedgerAccount.PersonKey((await host.AsAsync(TestUsers.Resident)).PersonId)));
        Assert.Equal(10, await host.InDatabaseAsync(db => db.PaymentRefunds.CountAsync(Ct)));
        Assert.Equal(61, await host.InDatabaseAsync(db =>
            db.PaymentOrders.Where(o => o.ReceiptNumber != null).Select(o => o.ReceiptNumber).Distinct().CountAsync(Ct)));
        await host.DemandSoundAsync();

        async Task ApproveAsync(long id) => await (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>().ApproveAsync(id, Ct);
        async Task CashAsync(Guid sent) => await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>()
            .TakeCashAsync(new CashForm { Whose = "竹园3号楼512", Amount = "2", Key = sent }, Ct);
        static async Task RefusedAsync(Func<Task> act)
        {
            try
            {
                await act();
            }
            catch (Rejected)
            {
            }
        }
    }

    [Fact]
    public async Task Orders_of_others_do_not_exist()
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var request = await host.OpenAsync(order);
        foreach (var who in new[] { TestUsers.Technician, TestUsers.Administrator })
        {
            var other = (await host.AsAsync(who)).Get<PaymentService>();
            await Assert.ThrowsAsync<NotFound>(() => other.OpenAsync(order, "sandbox", Ct));
            await Assert.ThrowsAsync<NotFound>(() => other.FindAsync(order, Ct));
            await Assert.ThrowsAsync<NotFound>(() => other.PayAddressAsync(request, false, Ct));
            Assert.Empty(await other.MineAsync(10, Ct));
        }
    }

    [Fact]
    public async Task Messages_are_limited_in_size_and_rate_and_need_no_account()
    {
        await using var app = await TestApp.StartAsync(settings: new Dictionary<string, string> { ["Payments:NoticesPerMinute"] = "4" });
        var gateway = app.Visitor();

        Assert.Equal((HttpStatusCode.OK, "fail"), await SendAsync("/pay/notify/sandbox", "request=x&sign=y"));
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync("/pay/notify/alipay", "request=x")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await SendAsync("/pay/notify/sandbox", new string('x', 70_000))).Status);
        Assert.Equal((HttpStatusCode.OK, "fail"), await SendAsync("/pay/notify/sandbox", "request=x&request=y"));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await SendAsync("/pay/notify/sandbox", "request=x")).Status);

        async Task<(HttpStatusCode Status, string Text)> SendAsync(string address, string text)
        {
            using var content = new StringContent(text, Encoding.UTF8, "application/x-www-form-urlencoded");
            using var response = await gateway.PostAsync(address, content, Ct);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
        }
    }

    [Theory]
    [InlineData("Staging", false, HttpStatusCode.NotFound)]
    [InlineData("Staging", true, HttpStatusCode.OK)]
    [InlineData("Production", true, HttpStatusCode.NotFound)]
    public async Task Outside_of_development_the_bank_is_played_only_where_it_is_set(string environment, bool isSet, HttpStatusCode status)
    {
        var settings = isSet ? new Dictionary<string, string> { ["Payments:Sandbox"] = "true" } : null;
        await using var app = await TestApp.StartAsync(settings: settings, environment: environment);
        using var message = new StringContent("request=x&sign=y", Encoding.UTF8, "application/x-www-form-urlencoded");
        using var answer = await app.Visitor().PostAsync("/pay/notify/sandbox", message, Ct);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal(status == HttpStatusCode.OK ? 1 : 0, app.Services.GetRequiredService<PaymentGateways>().All.Count);
    }

    [Fact]
    public async Task The_bank_is_not_played_in_production()
    {
        await using var app = await TestApp.StartAsync(environment: "Production");
        using var page = await app.Visitor().GetAsync("/pay/sandbox/x", Ct);
        Assert.NotEqual(HttpStatusCode.OK, page.StatusCode);
        using var none = new StringContent("");
        Assert.Equal(HttpStatusCode.NotFound, (await app.Visitor().PostAsync("/pay/notify/sandbox", none, Ct)).StatusCode);
        Assert.Null(app.Services.GetService<SandboxGateway>());
    }
}
