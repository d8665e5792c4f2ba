using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Arrears;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>What becomes of money when a difference is corrected, and turns out otherwise before or after that.</summary>
public sealed class CorrectedDifferenceTests
{
    private static readonly SettleForm Reason = new() { Reason = "已与银行核对" };

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_refund_made_at_the_gateways_own_site_is_taken_from_the_payer_by_two_people()
    {
        await using var host = await TestHost.OpenAsync();
        var request = await host.AtBankAsync();
        var unheard = await host.AtBankAsync(SandboxAct.NotifyLate);
        await host.DisturbAsync(
            "UPDATE SandboxTrades SET Refunds = 'site:1000:' || {0}, RefundedFen = 1000, LastRefundAt = PaidAt",
            host.Clock.GetUtcNow().ToUnixTimeMilliseconds());
        await host.ReconcileAsync();
        var (manager, refunds) = (await host.SettlingAsync(), (await host.LinesAsync()).Where(l => l.Kind == GatewayLineKind.Refund).ToList());
        var line = refunds.Single(l => l.RequestNumber == request);
        Assert.Equal((LineState.MissingHere, null), (line.State, line.RefundId));
        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>();
        Assert.True((await desk.LinesAsync(line.DayId, new LineFilter(), Ct)).Items.Single(l => l.Id == line.Id).CanCorrect);

        Assert.Equal("RefundNotOurs", (await Assert.ThrowsAsync<Rejected>(() => manager.AskAsync(line.Id, Ct))).Code);
        await manager.CorrectAsync(line.Id, Reason, Ct);
        await ApproveAsync(host);

        Assert.Equal(5_000 - 1_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        // Nothing is taken from who was never credited, and a refund of the app that waits is asked for.
        var other = refunds.Single(l => l.RequestNumber == unheard).Id;
        Assert.Equal("PaymentNotBooked", (await Assert.ThrowsAsync<Rejected>(() => manager.CorrectAsync(other, Reason, Ct))).Code);
        Assert.Null(ReconciliationService.CorrectionOf(GatewayLineKind.Refund, LineState.MissingHere, 1_000, null, refundId: 1));
        await host.DemandSoundAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_payment_that_turns_up_after_it_was_corrected_away_is_not_lost(bool isApproved)
    {
        await using var host = await TestHost.OpenAsync();
        var request = await host.AtBankAsync();
        await host.DisturbAsync("UPDATE SandboxTrades SET PaidAt = PaidAt + 864000000000");
        await host.ReconcileAsync();
        var (manager, key) = (await host.SettlingAsync(), await host.RoomKeyAsync());
        await manager.CorrectAsync((await host.LineAsync(request)).Id, Reason, Ct);
        if (isApproved) await ApproveAsync(host);
        host.Clock.Advance(TimeSpan.FromDays(1));
        for (var time = 0; time < 2; time++) await host.ReconcileAsync();

        var lines = await host.LinesAsync();
        if (isApproved)
        {
            Assert.Equal([(LineState.MissingThere, SettleWay.Corrected), (LineState.Different, (SettleWay?)null)], lines.Select(l => (l.State, l.Settlement)));
            await manager.FetchAgainAsync(lines[1].DayId, Ct);
            await manager.CorrectAsync(lines[1].Id, Reason, Ct);
            await ApproveAsync(host);
            // The same payment on the statement of a third day gives nothing once more.
            await host.DisturbAsync(
                "INSERT INTO StatementLines (DayId, Kind, Key, RequestNumber, ThereFen, HereFen, State, AttemptId, Version) "
                + "SELECT DayId, Kind, 'again', RequestNumber, ThereFen, 0, State, AttemptId, 1 FROM StatementLines WHERE Id = {0}", lines[1].Id);
            var again = (await host.LinesAsync())[^1].Id;
            Assert.Equal("CorrectedBefore", (await Assert.ThrowsAsync<Rejected>(() => manager.CorrectAsync(again, Reason, Ct))).Code);
            await manager.NoteAsync(again, Reason, Ct);
        }
        else
        {
            Assert.Equal([(LineState.MissingThere, SettleWay.FoundSince), (LineState.Matched, (SettleWay?)null)], lines.Select(l => (l.State, l.Settlement)));
            var refused = await host.InDatabaseAsync(db => db.MoneyProposals.AsNoTracking().SingleAsync(Ct));
            Assert.Equal((MoneyProposalState.Refused, null, true), (refused.State, refused.DecidedById, refused.DecidedBecause is not null));
        }
        Assert.Equal(5_000, await host.BalanceAsync(key));
        var days = (await (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>().DaysAsync(new(), Ct)).Items;
        Assert.Equal(0, days.Sum(d => d.Open));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_payment_of_another_amount_is_no_trouble_any_more_when_it_was_corrected()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AtBankAsync();
        var request = await host.AtBankAsync(SandboxAct.NotifyLate);
        await host.DisturbAsync("UPDATE SandboxTrades SET AmountFen = 4000 WHERE RequestNumber = {0}", request);
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        await host.ReconcileAsync();
        var money = (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>();
        await (await host.SettlingAsync()).CorrectAsync((await host.LineAsync(request)).Id, Reason, Ct);
        Assert.Contains(MoneyTroubleKind.AmountDiffers, (await money.TroublesAsync(Ct)).Select(t => t.Kind));

        await ApproveAsync(host);

        Assert.Equal(5_000 + 4_000, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Empty(await money.TroublesAsync(Ct));
    }

    [Fact]
    public async Task The_second_payment_of_an_order_ends_no_cut_off()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AssignedCutOffAsync();

        await host.AtBankAsync(SandboxAct.PayTwice, "40");

        // 60 of 100 yuan are unpaid; from 50 on it is cut off.
        Assert.Equal((CutOffState.Assigned, -6_000), ((await host.CutOffAsync()).State, await host.BalanceAsync(await host.RoomKeyAsync())));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task A_day_without_a_seal_of_its_own_bears_the_next_one_and_says_of_which_day_it_is()
    {
        await using var host = await TestHost.OpenAsync();
        await host.AtBankAsync();
        await host.ReconcileAsync();
        host.Clock.Advance(TimeSpan.FromDays(2));
        await host.AsSystem().Get<LedgerSeals>().SealAsync(ReconciliationSteps.Day.AddDays(2), Ct);
        var (desk, id) = (await host.AsAsync(TestUsers.Dispatcher), (await host.LinesAsync())[0].DayId);

        var day = await desk.Get<ReconciliationQueries>().DayAsync(id, Ct);
        var document = await desk.Get<ReconciliationDocument>().ReadAsync(id, Ct);

        Assert.Equal(ReconciliationSteps.Day.AddDays(2), day.SealDay);
        Assert.Contains(document.Blocks.OfType<Paragraph>(), p => p.Text.Contains(day.Seal!, StringComparison.Ordinal)
            && p.Text.Contains("2026-11-24", StringComparison.Ordinal));
    }

    private static async Task ApproveAsync(TestHost host)
    {
        var money = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();
        await money.ApproveAsync(Assert.Single(await money.WaitingAsync(ct: Ct)).Id, Ct);
    }
}
