using System.Net;
using System.Text;
using Bunit;
using CsCheck;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Payments.Parts;
using LogisticsAdmin.Features.Places;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Places;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Orders, what gateways say about them, cash, refunds, corrections and transfers: each counts once, whatever happens.</summary>
public sealed class PaymentTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

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
        Assert.Equal((refund.Attempt.RequestNumber, refund.RequestNumber, 5_000), (trade.RequestNumber, trade.Refunds, trade.RefundedFen));
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
        var key = await host.RoomKeyAsync();
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
        ];
        Assert.True(acts.Count >= 200);
        await Task.WhenAll(acts.OrderBy(_ => Random.Shared.Next()).Select(a => Task.Run(a, Ct)));

        // 1,000 and 40 payments, 20 times cash of 2 yuan, 10 refunds and 10 transfers of one yuan.
        Assert.Equal(100_000 + (40 * 300) + (20 * 200) - (20 * 100), await host.BalanceAsync(key));
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
    public async Task The_office_takes_cash_once_for_each_form_and_nobody_else_does()
    {
        await using var host = await TestHost.OpenAsync();
        var form = new CashForm { Whose = "竹园3号楼512", Amount = "12.34", Key = Guid.NewGuid() };
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>();

        for (var n = 0; n < 2; n++) Assert.Equal(new CashReceipt("SJ20261122-0001", "竹园3号楼 512"), await office.TakeCashAsync(form, Ct));
        Assert.Equal((1_234L, -1_234L), (await host.BalanceAsync(await host.RoomKeyAsync()), await host.BalanceAsync("cash")));
        foreach (var who in new[] { TestUsers.Resident, TestUsers.Technician })
        {
            var other = (await host.AsAsync(who)).Get<MoneyService>();
            await Assert.ThrowsAsync<NotFound>(() => other.TakeCashAsync(new CashForm { Whose = form.Whose, Amount = "1" }, Ct));
        }
        foreach (var (whose, code) in new[] { ("", "WhoseMissing"), ("竹园 999", "WhoseUnknown"), ("竹园3", "WhoseSeveral") })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => office.TakeCashAsync(new CashForm { Whose = whose, Amount = "1" }, Ct));
            Assert.Equal((nameof(CashForm.Whose), code), (refused.Problems[0].Field, refused.Code));
        }
        await host.DemandSoundAsync();
    }

    [Theory]
    [InlineData("竹园3 510")]
    [InlineData("竹园3号楼510")]
    [InlineData("ZY3 510")]
    public async Task Cash_goes_to_the_room_that_was_typed_and_never_to_another_whose_number_contains_it(string typed)
    {
        await using var host = await TestHost.OpenAsync();
        var room = await BedTests.RoomAsync(host, "510");
        var longer = await host.InDatabaseAsync(db => db.WriteAsync(async token =>
        {
            var added = new Room(await db.Buildings.SingleAsync(b => b.Name == "竹园3号楼", token), 15, "1510", "", 4);
            db.Rooms.Add(added);
            await db.SaveChangesAsync(token);
            return added.Id;
        }, Ct));
        var office = (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>();

        Assert.Equal("竹园3号楼 510", (await office.TakeCashAsync(new CashForm { Whose = typed, Amount = "2" }, Ct)).Account);
        await (await host.AsAsync(TestUsers.Administrator)).Get<PlacesService>()
            .RetireAsync(PlaceKind.Room, room, new RetirePlaceForm { Reason = "改建" }, Ct);
        var refused = await Assert.ThrowsAsync<Rejected>(() => office.TakeCashAsync(new CashForm { Whose = typed, Amount = "2" }, Ct));

        Assert.Equal((nameof(CashForm.Whose), "WhoseUnknown"), (refused.Problems[0].Field, refused.Code));
        Assert.Equal((200L, 0L), (await host.BalanceAsync(LedgerAccount.RoomKey(room)), await host.BalanceAsync(LedgerAccount.RoomKey(longer))));
    }

    [Fact]
    public async Task Cash_is_taken_on_the_page_of_an_account_whoevers_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("1", PaymentTarget.Own);
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var key = LedgerAccount.PersonKey((await host.AsAsync(TestUsers.Resident)).PersonId);
        var account = await host.AccountAsync(key);
        await host.InDatabaseAsync(async db =>
        {
            var person = await db.Users.SingleAsync(p => p.UserName == TestUsers.Resident, Ct);
            db.Entry(person).Property(p => p.RetiredAt).CurrentValue = TestHost.Start;
            db.Entry(person).Property(p => p.Number).CurrentValue = null;
            return await db.SaveChangesAsync(Ct);
        });
        await using var page = new DialogPage(desk);
        await page.ShowAsync<CashDialog>(d =>
        {
            d.Add(x => x.AccountId, account);
            d.Add(x => x.Whose, "王小雨");
        });
        Assert.Empty(page.Dialogs.FindAll("#cash-whose"));
        page.Dialogs.Find("#cash-amount").Change("2.5");
        await page.Dialogs.Find("form#cash-form").SubmitAsync();

        await page.Dialogs.WaitForAssertionAsync(() => Assert.Contains("王小雨", page.Dialogs.Find("[role=status]").TextContent, StringComparison.Ordinal));
        Assert.Equal(350, await host.BalanceAsync(key));
        var cash = await host.InDatabaseAsync(db => db.LedgerAccounts.Where(a => a.Key == "cash").Select(a => a.Id).SingleAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<MoneyService>().TakeCashAsync(new CashForm { AccountId = cash, Amount = "1" }, Ct));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Refunds_corrections_and_transfers_need_two_people_of_the_management()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("100");
        var key = await host.RoomKeyAsync();
        var account = await host.AccountAsync(key);
        var (manager, admin) = ((await host.AsAsync(TestUsers.Manager)).Get<MoneyService>(), (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>());
        var payment = Assert.Single(await manager.RefundableAsync(account, Ct));
        var refund = new MoneyProposalForm { Kind = MoneyProposalKind.Refund, Amount = "40", Reason = "退宿", AttemptId = payment.AttemptId };
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>().ProposeAsync(account, refund, Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<MoneyService>().ProposeAsync(account, refund, Ct));

        var id = await manager.ProposeAsync(account, refund, Ct);
        Assert.Equal((false, true), Assert.Single(await manager.WaitingAsync(account, Ct)) switch { var p => (p.MayDecide, p.IsMine) });
        Assert.True(Assert.Single(await admin.WaitingAsync(ct: Ct)).MayDecide);
        await Assert.ThrowsAsync<Forbidden>(() => manager.ApproveAsync(id, Ct));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>().ApproveAsync(id, Ct));
        Assert.Equal(10_000, await host.BalanceAsync(key));
        await admin.ApproveAsync(id, Ct);
        await Assert.ThrowsAsync<Rejected>(() => admin.ApproveAsync(id, Ct));
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        Assert.Equal((6_000, -6_000L), (await host.BalanceAsync(key), await host.BalanceAsync("gateway:sandbox")));
        var tooMuch = new MoneyProposalForm { Kind = MoneyProposalKind.Refund, Amount = "60.01", Reason = "x", AttemptId = payment.AttemptId };
        await host.PaidAsync("1");
        Assert.Equal("PaymentTooLow", (await Assert.ThrowsAsync<Rejected>(() => manager.ProposeAsync(account, tooMuch, Ct))).Code);

        await ApprovedAsync(new() { Kind = MoneyProposalKind.Correction, Amount = "-70", Reason = "多退", FeeKindId = 1 });
        Assert.Equal((-900L, 7_000L), (await host.BalanceAsync(key), await host.BalanceAsync("revenue:1")));
        await ApprovedAsync(new() { Kind = MoneyProposalKind.Correction, Amount = "30", Reason = "补助" });
        Assert.Equal((2_100L, -3_000L), (await host.BalanceAsync(key), await host.BalanceAsync("subsidy")));
        await ApprovedAsync(new() { Kind = MoneyProposalKind.Transfer, Amount = "21", Reason = "调宿", To = "竹园3号楼511" });
        Assert.Equal(0, await host.BalanceAsync(key));
        Assert.Equal("BalanceTooLow", (await Assert.ThrowsAsync<Rejected>(() => manager.ProposeAsync(
            account, new() { Kind = MoneyProposalKind.Refund, Amount = "0.01", Reason = "x" }, Ct))).Code);
        var entry = await host.InDatabaseAsync(db => db.LedgerTransactions.OrderByDescending(t => t.Id).FirstAsync(Ct));
        Assert.Equal(((await host.AsAsync(TestUsers.Administrator)).PersonId, "调宿"), (entry.ApprovedById, entry.Text));
        await host.DemandSoundAsync();

        async Task ApprovedAsync(MoneyProposalForm form) => await admin.ApproveAsync(await manager.ProposeAsync(account, form, Ct), Ct);
    }

    [Theory]
    [InlineData(MoneyProposalKind.Correction, Role.Manager, false)]
    [InlineData(MoneyProposalKind.Correction, Role.Administrator, true)]
    [InlineData(MoneyProposalKind.Refund, Role.Manager, true)]
    public async Task A_correction_takes_a_manager_and_an_administrator(MoneyProposalKind kind, Role role, bool may)
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("100");
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        var proposer = (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>();
        var id = await proposer.ProposeAsync(account, new() { Kind = kind, Amount = "1", Reason = "x" }, Ct);
        // A second manager, or an administrator.
        var person = await host.InDatabaseAsync(db => db.Users.SingleAsync(p => p.UserName == TestUsers.Dispatcher, Ct));
        await host.InDatabaseAsync(async db =>
        {
            db.UserRoles.Add(new() { UserId = person.Id, RoleId = (long)role });
            return await db.SaveChangesAsync(Ct);
        });
        var second = (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>();

        Assert.Equal((true, may), Assert.Single(await second.WaitingAsync(account, Ct)) switch { var p => (p.MayDecide, p.MayApprove) });
        if (may) await second.ApproveAsync(id, Ct);
        else Assert.Equal("NeedsOtherRole", (await Assert.ThrowsAsync<Rejected>(() => second.ApproveAsync(id, Ct))).Code);
        Assert.Equal(may ? (kind == MoneyProposalKind.Refund ? 9_900 : 10_100) : 10_000, await host.BalanceAsync(await host.RoomKeyAsync()));
    }

    [Fact]
    public async Task The_management_sees_refunds_that_are_not_made_and_payments_that_fit_no_order()
    {
        await using var host = await TestHost.OpenAsync();
        var order = await host.OrderAsync();
        var request = await host.OpenAsync(order);
        await host.HearAsync(await host.SaidAsync(request, amount: new Money(4_999)));
        await host.HearAsync(await host.SaidAsync("unknown", amount: new Money(5_000)));
        await host.HearAsync(await host.SaidAsync("unknown", TradeStatus.Waiting, new Money(5_000)));
        await host.HearAsync(await host.SaidAsync(await host.OpenAsync(order)));
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync(
            "INSERT INTO PaymentRefunds (AttemptId, RequestNumber, AmountFen, State, At, Tries, NextTryAt, Problem, Version) "
            + "SELECT Id, 'TK1', 5000, 1, 0, 5, 0, 'NOT_PAID', 1 FROM PaymentAttempts WHERE RequestNumber = {0}", [request], Ct));
        await host.InDatabaseAsync(db => db.Database.ExecuteSqlRawAsync("UPDATE PaymentNotifications SET Outcome = 8 WHERE Outcome = 1", Ct));
        var manager = (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>();

        Assert.Equal(
            [(MoneyTroubleKind.NotRefunded, order), (MoneyTroubleKind.UnknownOrder, null), (MoneyTroubleKind.AmountDiffers, order)],
            (await manager.TroublesAsync(Ct)).Select(t => (t.Kind, t.Order)));
        host.Clock.Advance(TimeSpan.FromHours(1));
        var last = (await manager.TroublesAsync(Ct))[^1];
        Assert.Equal((MoneyTroubleKind.NotApplied, order), (last.Kind, last.Order));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>().TroublesAsync(Ct));
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<MoneyService>().TroublesAsync(Ct));
    }

    [Fact]
    public async Task A_proposal_is_refused_with_a_reason_or_taken_back_by_who_made_it()
    {
        await using var host = await TestHost.OpenAsync();
        await host.PaidAsync("100");
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        var (manager, admin) = ((await host.AsAsync(TestUsers.Manager)).Get<MoneyService>(), (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>());
        var form = new MoneyProposalForm { Kind = MoneyProposalKind.Refund, Amount = "1", Reason = "x" };
        var (one, other) = (await manager.ProposeAsync(account, form, Ct), await manager.ProposeAsync(account, form, Ct));

        await Assert.ThrowsAsync<Rejected>(() => admin.RefuseAsync(one, new RefusalForm(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => manager.RefuseAsync(one, new RefusalForm { Because = "y" }, Ct));
        await admin.RefuseAsync(one, new RefusalForm { Because = "没有依据" }, Ct);
        await Assert.ThrowsAsync<Forbidden>(() => admin.TakeBackAsync(other, Ct));
        await manager.TakeBackAsync(other, Ct);
        Assert.Empty(await admin.WaitingAsync(ct: Ct));
        Assert.Equal(10_000, await host.BalanceAsync(await host.RoomKeyAsync()));
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

    [Theory]
    [InlineData(1, "人民币壹分")]
    [InlineData(10, "人民币壹角整")]
    [InlineData(105, "人民币壹元零伍分")]
    [InlineData(5_000, "人民币伍拾元整")]
    [InlineData(100_005_00, "人民币壹拾万零伍元整")]
    [InlineData(1_001_000_00, "人民币壹佰万零壹仟元整")]
    [InlineData(9_999_999_999, "人民币玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分")]
    [InlineData(10_000_000_000, "人民币壹亿元整")]
    public void An_amount_is_written_in_capitals(long fen, string words) => Assert.Equal(words, CapitalAmount.Of(new Money(fen)));

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

    [Fact]
    public async Task A_receipt_is_for_who_paid_the_room_and_the_office()
    {
        await using var app = await TestApp.StartAsync();
        var student = await app.SignInAsync(TestUsers.Resident);
        var form = await student.PostFormAsync("/my/pay", ("Input.Target", "Room"), ("Input.Amount", "１２．５"));
        var order = form.Headers.Location!.ToString();
        var opened = await student.PostFormAsync(order, ("Input.Way", "sandbox"));
        var request = opened.Headers.Location!.ToString().Split("go=")[1];
        var bank = await student.GetAsync($"/pay/go/{request}", Ct);
        Assert.EndsWith($"/pay/sandbox/{request}", bank.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Contains("12.50", await student.GetStringAsync($"/pay/sandbox/{request}", Ct), StringComparison.Ordinal);
        using var pay = new FormUrlEncodedContent([new("act", "Pay")]);
        Assert.Equal(HttpStatusCode.Redirect, (await student.PostAsync($"/pay/sandbox/{request}", pay, Ct)).StatusCode);
        Assert.Contains("SJ", await student.GetStringAsync(order, Ct), StringComparison.Ordinal);
        var receipt = await app.InDatabaseAsync(db => db.PaymentOrders.Select(o => o.ReceiptNumber).SingleAsync(Ct));

        foreach (var (who, status) in new[]
        {
            (TestUsers.Resident, HttpStatusCode.OK), (TestUsers.Dispatcher, HttpStatusCode.OK), (TestUsers.Technician, HttpStatusCode.NotFound),
        })
        {
            using var answer = await (await app.SignInAsync(who)).GetAsync($"/my/fees/receipts/{receipt}.pdf", Ct);
            Assert.Equal(status, answer.StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await student.GetAsync("/my/fees/receipts/SJ20260101-0001.pdf", Ct)).StatusCode);
        var refused = await student.PostFormAsync("/my/pay", ("Input.Target", "Room"), ("Input.Amount", "1.005"));
        Assert.Contains("最多两位小数", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
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
