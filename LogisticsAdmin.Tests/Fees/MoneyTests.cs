using System.Net;
using Bunit;
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

/// <summary>Cash and receipts, refunds, corrections and transfers, and what the management has to look into.</summary>
public sealed class MoneyTests
{
    private static CancellationToken Ct => Xunit.TestContext.Current.CancellationToken;

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
}
