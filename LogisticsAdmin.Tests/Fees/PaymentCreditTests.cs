using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Payments that arrived and fit no order, credited to an account.</summary>
public sealed class PaymentCreditTests
{
    private const string Lost = "CZ20261101_0009_aabbccdd";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_payment_without_an_order_is_credited_once_to_whom_was_typed_with_a_receipt_and_a_message()
    {
        await using var host = await TestHost.OpenAsync();
        await host.HearAsync(await host.SaidAsync(Lost, amount: new Money(8_800)));
        var (manager, admin) = (await host.AsAsync(TestUsers.Manager), await host.AsAsync(TestUsers.Administrator));
        var trouble = Assert.Single(await manager.Get<MoneyService>().TroublesAsync(Ct));
        Assert.Equal((MoneyTroubleKind.UnknownOrder, 8_800L), (trouble.Kind, trouble.Amount!.Value.Fen));
        var message = trouble.MessageId!.Value;
        foreach (var (who, refusal) in new[]
        {
            (TestUsers.Dispatcher, typeof(Forbidden)), (TestUsers.Resident, typeof(NotFound)), (TestUsers.Technician, typeof(NotFound)),
        })
        {
            var other = (await host.AsAsync(who)).Get<PaymentCredits>();
            Assert.Equal(refusal, (await Record.ExceptionAsync(() => other.CreditAsync(message, Form("王小雨"), Ct)))?.GetType());
        }
        await Assert.ThrowsAsync<NotFound>(() => manager.Get<PaymentCredits>().CreditAsync(99_999, Form("王小雨"), Ct));
        await Assert.ThrowsAsync<Rejected>(() => manager.Get<PaymentCredits>().CreditAsync(message, new CreditForm { To = "王小雨", Reason = " " }, Ct));
        foreach (var (to, code) in new[] { ("", "WhoseMissing"), ("没有这个人", "WhoseUnknown"), ("竹园3号楼", "WhoseSeveral") })
        {
            var refused = await Assert.ThrowsAsync<Rejected>(() => manager.Get<PaymentCredits>().CreditAsync(message, Form(to), Ct));
            Assert.Equal((nameof(CreditForm.To), code), (refused.Problems[0].Field, refused.Code));
        }

        var forms = Enumerable.Range(0, 6).Select(n => Form(n % 2 == 0 ? "王小雨" : "竹园3号楼 512")).ToList();
        var answers = await Task.WhenAll(forms.Select((form, n) => Task.Run(async () =>
        {
            try
            {
                return (await (n % 3 == 0 ? admin : manager).Get<PaymentCredits>().CreditAsync(message, form, Ct)).Number;
            }
            catch (Rejected refused)
            {
                return refused.Code;
            }
        }, Ct)));

        Assert.Equal(5, answers.Count(a => a == "CreditedBefore"));
        var number = Assert.Single(answers, a => a.StartsWith("SJ20261122", StringComparison.Ordinal));
        // The form that was accepted is sent again.
        var accepted = Array.IndexOf(answers, number);
        Assert.Equal(number, (await (accepted % 3 == 0 ? admin : manager).Get<PaymentCredits>().CreditAsync(message, forms[accepted], Ct)).Number);
        var student = await host.AsAsync(TestUsers.Resident);
        var balances = (await host.BalanceAsync($"person:{student.PersonId}"), await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(accepted % 2 == 0 ? (8_800L, 0L) : (0L, 8_800L), balances);
        Assert.Equal(-8_800, await host.BalanceAsync("gateway:sandbox"));
        Assert.Empty(await manager.Get<MoneyService>().TroublesAsync(Ct));
        var receipt = await student.Get<ReceiptDocument>().ReadAsync(number, Ct);
        Assert.Contains(receipt.Blocks.OfType<Table>().Single().Rows, r => r.Cells[1].Contains("88.00", StringComparison.Ordinal));
        Assert.Contains((await student.Get<InboxService>().ReadAsync(ct: Ct)).Lines, l => l.Text.Zh.Contains("88.00", StringComparison.Ordinal));

        // What the gateway says again, now or on its statement, is known.
        await host.HearAsync(await host.SaidAsync(Lost, amount: new Money(8_800)));
        await AtBankAsync(host, Lost, 8_800);
        await FetchAsync(host);
        Assert.Equal(LineState.Matched, (await host.LineAsync(Lost)).State);
        Assert.Equal(-8_800, await host.BalanceAsync("gateway:sandbox"));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_line_of_a_statement_that_fits_no_order_is_credited_and_settled_and_everybody_of_the_room_is_told()
    {
        await using var host = await TestHost.OpenAsync();
        await AtBankAsync(host, Lost, 700);
        await AtBankAsync(host, "other", 900);
        await FetchAsync(host);
        var (line, other) = (await host.LineAsync(Lost), await host.LineAsync("other"));
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>();
        Assert.All((await desk.LinesAsync(line.DayId, new LineFilter(), Ct)).Items, l => Assert.True(l.CanCredit));
        await Assert.ThrowsAsync<Forbidden>(async () => await (await host.SettlingAsync(TestUsers.Dispatcher)).CreditAsync(line.Id, Form("王小雨"), Ct));
        var manager = await host.SettlingAsync();
        var form = Form("竹园3号楼 512");

        var receipt = await manager.CreditAsync(line.Id, form, Ct);

        Assert.Equal(receipt, await manager.CreditAsync(line.Id, form, Ct));
        Assert.Equal("LineSettled", (await Assert.ThrowsAsync<Rejected>(() => manager.CreditAsync(line.Id, Form("王小雨"), Ct))).Code);
        line = await host.LineAsync(Lost);
        Assert.Equal((SettleWay.Credited, "查到付款人", LineState.MissingHere), (line.Settlement, line.Note, line.State));
        Assert.Equal(700, await host.BalanceAsync(await host.RoomKeyAsync()));
        var told = (await (await host.AsAsync(TestUsers.Resident)).Get<InboxService>().ReadAsync(ct: Ct)).Lines
            .Single(l => l.Kind == PaymentNotificationKind.Credited);
        Assert.Equal($"my/fees/receipts/{receipt.Number}.pdf", told.Address);

        // The message comes late: it is known, and the same payment is no trouble.
        await host.HearAsync(await host.SaidAsync(Lost, amount: new Money(700)));
        Assert.Equal(700, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Empty(await (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>().TroublesAsync(Ct));
        await manager.NoteAsync(other.Id, new SettleForm { Reason = "食堂的收款" }, Ct);
        Assert.Equal("LineSettled", (await Assert.ThrowsAsync<Rejected>(() => manager.CreditAsync(other.Id, Form("王小雨"), Ct))).Code);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_line_with_another_amount_than_was_credited_is_open_as_a_difference()
    {
        await using var host = await TestHost.OpenAsync();
        await AtBankAsync(host, Lost, 900);
        await FetchAsync(host);
        await host.HearAsync(await host.SaidAsync(Lost, amount: new Money(700)));
        var manager = await host.AsAsync(TestUsers.Manager);
        var message = Assert.Single(await manager.Get<MoneyService>().TroublesAsync(Ct)).MessageId!.Value;

        await manager.Get<PaymentCredits>().CreditAsync(message, Form("王小雨"), Ct);

        var line = await host.LineAsync(Lost);
        Assert.Equal((LineState.Different, 900L, 700L), (line.State, line.ThereFen, line.HereFen));
        await manager.Get<ReconciliationService>().CorrectAsync(line.Id, new SettleForm { Reason = "少记" }, Ct);
        var money = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();
        await money.ApproveAsync(Assert.Single(await money.WaitingAsync(ct: Ct)).Id, Ct);
        Assert.Equal(900, await host.BalanceAsync($"person:{(await host.AsAsync(TestUsers.Resident)).PersonId}"));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task What_somebody_settled_otherwise_is_not_credited()
    {
        await using var host = await TestHost.OpenAsync();
        await host.HearAsync(await host.SaidAsync(Lost, amount: new Money(700)));
        await AtBankAsync(host, Lost, 700);
        await FetchAsync(host);
        var manager = await host.AsAsync(TestUsers.Manager);
        var message = Assert.Single(await manager.Get<MoneyService>().TroublesAsync(Ct)).MessageId!.Value;
        await manager.Get<ReconciliationService>().NoteAsync((await host.LineAsync(Lost)).Id, new SettleForm { Reason = "食堂的收款" }, Ct);

        var refused = await Assert.ThrowsAsync<Rejected>(() => manager.Get<PaymentCredits>().CreditAsync(message, Form("王小雨"), Ct));

        Assert.Equal("PaymentSettled", refused.Code);
        Assert.Equal(0, await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(Ct)));

        // A message that came after the note is about a line that is settled: its payment is known from then on, and the note stays.
        await AtBankAsync(host, "later", 900);
        await host.AsSystem().Get<StatementWork>().FetchAsync(
            host.Services.GetRequiredService<SandboxGateway>(), ReconciliationSteps.Day, null, Ct);
        await manager.Get<ReconciliationService>().NoteAsync((await host.LineAsync("later")).Id, new SettleForm { Reason = "食堂的收款" }, Ct);
        await host.HearAsync(await host.SaidAsync("later", amount: new Money(900)));
        message = Assert.Single(await manager.Get<MoneyService>().TroublesAsync(Ct)).MessageId!.Value;
        await manager.Get<PaymentCredits>().CreditAsync(message, Form("王小雨"), Ct);
        var line = await host.LineAsync("later");
        Assert.Equal((SettleWay.Noted, true), (line.Settlement, line.AttemptId is not null));
    }

    private static CreditForm Form(string to) => new() { To = to, Reason = "查到付款人", Key = Guid.NewGuid() };

    /// <summary>The bank has a payment of <see cref="ReconciliationSteps.Day"/> that the app never asked for.</summary>
    private static Task<int> AtBankAsync(TestHost host, string request, long fen) => host.InDatabaseAsync(db => db.WriteAsync(_ =>
    {
        var trade = new SandboxTrade(request, new Money(fen));
        trade.Pay(new DateTimeOffset(ReconciliationSteps.Day.ToDateTime(new TimeOnly(12, 0)), TimeSpan.FromHours(8)));
        db.SandboxTrades.Add(trade);
        return Task.FromResult(0);
    }, Ct));

    /// <summary>Fetches the statement of the day on the next morning.</summary>
    private static async Task FetchAsync(TestHost host)
    {
        host.Clock.SetUtcNow(host.Services.GetRequiredService<OfficeTime>().At(ReconciliationSteps.Day.AddDays(1), new TimeOnly(6, 0)));
        var problem = await host.AsSystem().Get<StatementWork>().FetchAsync(
            host.Services.GetRequiredService<SandboxGateway>(), ReconciliationSteps.Day, null, Ct);
        Assert.Null(problem);
    }
}
