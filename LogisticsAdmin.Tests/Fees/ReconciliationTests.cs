using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Reconciliation;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Fees;

/// <summary>Statements of the sandbox, compared line by line, and how differences are settled.</summary>
public sealed class ReconciliationTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Yesterdays_statement_is_fetched_in_the_morning_and_every_line_compared_once()
    {
        await using var host = await TestHost.OpenAsync();
        var days = await DisturbedAsync(host);
        host.Clock.Advance(TimeSpan.FromHours(16) - TimeSpan.FromMinutes(1));
        await host.AsSystem().Get<StatementWork>().RunAsync(Ct);
        Assert.Empty(await host.LinesAsync());

        for (var n = 0; n < 2; n++) await host.ReconcileAsync();

        var lines = await host.LinesAsync();
        Assert.Equal(
            [LineState.Matched, LineState.MissingHere, LineState.Different, LineState.MissingHere, LineState.MissingThere],
            new[] { days.Matched, days.MissingHere, days.Different, "unknown", days.MissingThere }
                .Select(request => Assert.Single(lines, l => l.RequestNumber == request && l.Kind == GatewayLineKind.Payment).State));
        Assert.Equal(6, lines.Count);
        var refund = Assert.Single(lines, l => l.Kind == GatewayLineKind.Refund);
        Assert.Equal((LineState.Matched, 100L, 100L), (refund.State, refund.ThereFen, refund.HereFen));
        Assert.Equal((4_000L, 5_000L), lines.Single(l => l.State == LineState.Different) switch { var l => (l.ThereFen, l.HereFen) });
        // Each manager is told once.
        var told = await MessagesAsync(host);
        Assert.Equal("2026-11-22 4", Assert.Single(told.Select(m => m.Detail).Distinct()));
        Assert.Equal(told.Count, told.Select(m => m.PersonId).Distinct().Count());
        Assert.Contains((await host.AsAsync(TestUsers.Manager)).PersonId, told.Select(m => m.PersonId));

        var desk = (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>();
        var day = Assert.Single((await desk.DaysAsync(new DayFilter(), Ct)).Items);
        Assert.Equal((4, 2, 2, 1, 1), (
            day.Open, day.Of(LineState.Matched).Count, day.Of(LineState.MissingHere).Count, day.Of(LineState.MissingThere).Count,
            day.Of(LineState.Different).Count));
        // 50 and 1 back, 50 and 7 not booked, 40 instead of 50, 50 not there.
        Assert.Equal((5_000 - 100 + 5_000 + 700 + 4_000L, 5_000 - 100 + 5_000 + 5_000L, 14_900L), (day.There.Fen, day.Here.Fen, day.Ledger.Fen));
        Assert.Single((await desk.DaysAsync(new DayFilter { Show = DayShow.Open }, Ct)).Items);
        foreach (var other in new[] { DayShow.Settled, DayShow.NotFetched }) Assert.Empty((await desk.DaysAsync(new DayFilter { Show = other }, Ct)).Items);
        Assert.Equal(4, (await desk.LinesAsync(day.Id, LineFilter.Parse("Open", null), Ct)).Total);
        Assert.Equal(2, (await desk.LinesAsync(day.Id, LineFilter.Parse("MissingHere", null), Ct)).Total);
        await Assert.ThrowsAsync<NotFound>(async () => await (await host.AsAsync(TestUsers.Resident)).Get<ReconciliationQueries>().DaysAsync(new(), Ct));
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Each_difference_has_its_way_to_be_settled()
    {
        await using var host = await TestHost.OpenAsync();
        var days = await DisturbedAsync(host);
        await host.ReconcileAsync();
        var (manager, key) = (await host.SettlingAsync(), await host.RoomKeyAsync());
        var before = await host.BalanceAsync(key);

        var missing = (await host.LineAsync(days.MissingHere)).Id;
        Assert.True(await manager.AskAsync(missing, Ct));
        Assert.Equal("LineSettled", (await Assert.ThrowsAsync<Rejected>(() => manager.AskAsync(missing, Ct))).Code);
        Assert.Equal(before + 5_000, await host.BalanceAsync(key));
        Assert.Equal(SettleWay.Asked, (await host.LineAsync(days.MissingHere)).Settlement);

        var unknown = (await host.LineAsync("unknown")).Id;
        Assert.False(await manager.AskAsync(unknown, Ct));
        var money = (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>();
        Assert.Equal((MoneyTroubleKind.UnknownOrder, "unknown"), Assert.Single(await money.TroublesAsync(Ct)) switch { var t => (t.Kind, t.Request) });
        Assert.Equal("NothingToCorrect", (await Assert.ThrowsAsync<Rejected>(() => manager.CorrectAsync(unknown, new() { Reason = "x" }, Ct))).Code);
        await Assert.ThrowsAsync<Rejected>(() => manager.NoteAsync(unknown, new SettleForm { Reason = " " }, Ct));
        await manager.NoteAsync(unknown, new SettleForm { Reason = "食堂的收款" }, Ct);
        Assert.Empty(await money.TroublesAsync(Ct));

        // The bank never had it: what was booked is taken back by two people.
        var gone = (await host.LineAsync(days.MissingThere)).Id;
        Assert.False(await manager.AskAsync(gone, Ct));
        await manager.CorrectAsync(gone, new SettleForm { Reason = "银行没有这笔" }, Ct);
        Assert.Equal("LineSettled", (await Assert.ThrowsAsync<Rejected>(() => manager.NoteAsync(gone, new() { Reason = "x" }, Ct))).Code);
        var proposal = Assert.Single(await money.WaitingAsync(ct: Ct));
        Assert.Equal((-5_000L, "银行没有这笔"), (proposal.Amount.Fen, proposal.Reason));
        var admin = (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>();
        await admin.ApproveAsync(proposal.Id, Ct);
        Assert.Equal(before, await host.BalanceAsync(key));

        // Ten yuan less were paid; the first proposal is refused, so that the difference is open again.
        var different = (await host.LineAsync(days.Different)).Id;
        await manager.CorrectAsync(different, new SettleForm { Reason = "少付" }, Ct);
        var refused = Assert.Single(await money.WaitingAsync(ct: Ct));
        Assert.Equal(-1_000, refused.Amount.Fen);
        await admin.RefuseAsync(refused.Id, new RefusalForm { Because = "先问银行" }, Ct);
        Assert.Equal(1, (await (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>().DaysAsync(new(), Ct)).Items[0].Open);
        await manager.CorrectAsync(different, new SettleForm { Reason = "少付，已问" }, Ct);
        await admin.ApproveAsync(Assert.Single(await money.WaitingAsync(ct: Ct)).Id, Ct);
        Assert.Equal(before - 1_000, await host.BalanceAsync(key));

        // The ledger has now what the bank holds, but for the seven yuan that are not ours: 100 yuan, 1 given back, 40.
        Assert.Equal(-(5_000 - 100 + 5_000 + 4_000L), await host.BalanceAsync("gateway:sandbox"));
        var day = Assert.Single((await (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>().DaysAsync(new(), Ct)).Items);
        Assert.Equal(0, day.Open);
        await host.DemandSoundAsync();
    }

    [Fact]
    public async Task Dispatchers_read_managers_settle_and_for_others_there_is_nothing()
    {
        await using var host = await TestHost.OpenAsync();
        await DisturbedAsync(host);
        await host.ReconcileAsync();
        var line = (await host.LinesAsync()).First(l => l.State == LineState.MissingHere);
        foreach (var (who, refusal) in new[]
        {
            (TestUsers.Dispatcher, typeof(Forbidden)), (TestUsers.Resident, typeof(NotFound)), (TestUsers.Technician, typeof(NotFound)),
        })
        {
            var service = await host.SettlingAsync(who);
            var file = new StatementFileForm { Gateway = "sandbox", Day = ReconciliationSteps.Day, File = [1] };
            foreach (var act in new Func<Task>[]
            {
                () => service.AskAsync(line.Id, Ct), () => service.NoteAsync(line.Id, new() { Reason = "x" }, Ct),
                () => service.CorrectAsync(line.Id, new() { Reason = "x" }, Ct), () => service.FetchAgainAsync(line.DayId, Ct),
                () => service.SendAsync(file, Ct),
            })
            {
                Assert.Equal(refusal, (await Record.ExceptionAsync(act))?.GetType());
            }
        }
        Assert.All(await host.LinesAsync(), l => Assert.Null(l.Settlement));
        var admin = await host.SettlingAsync(TestUsers.Administrator);
        await Assert.ThrowsAsync<NotFound>(() => admin.NoteAsync(99_999, new() { Reason = "x" }, Ct));
        await admin.NoteAsync(line.Id, new() { Reason = "x" }, Ct);
    }

    [Fact]
    public async Task What_was_heard_of_after_midnight_or_booked_since_needs_nobody()
    {
        await using var host = await TestHost.OpenAsync();
        host.Clock.Advance(TimeSpan.FromHours(10) - TimeSpan.FromMinutes(1));
        var late = await host.AtBankAsync(SandboxAct.NotifyLate);
        var fromStatement = await host.AtBankAsync();
        host.Clock.Advance(TimeSpan.FromMinutes(2));
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        await host.AtBankAsync();
        await host.ReconcileAsync();
        Assert.Equal(LineState.Matched, (await host.LineAsync(late)).State);

        // The bank forgot one and told of it with the statement of the next day.
        await host.DisturbAsync("DELETE FROM StatementLines WHERE RequestNumber = {0}", fromStatement);
        await host.DisturbAsync("UPDATE SandboxTrades SET PaidAt = PaidAt + 864000000000 WHERE RequestNumber = {0}", fromStatement);
        var day = (await host.LinesAsync())[0].DayId;
        await (await host.SettlingAsync()).FetchAgainAsync(day, Ct);
        Assert.Equal(LineState.MissingThere, (await host.LineAsync(fromStatement)).State);
        // However many other applications take payments.
        await host.DisturbAsync(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2001) "
            + "INSERT INTO StatementLines (DayId, Kind, Key, RequestNumber, ThereFen, State, Version) "
            + "SELECT {0}, 1, 'other' || i, 'other' || i, 1, 2, 1 FROM n", day);
        host.Clock.Advance(TimeSpan.FromDays(1));
        await host.ReconcileAsync();

        var both = (await host.LinesAsync()).Where(l => l.RequestNumber == fromStatement).ToList();
        Assert.Equal([(LineState.MissingThere, SettleWay.FoundSince), (LineState.Matched, (SettleWay?)null)], both.Select(l => (l.State, l.Settlement)));
        var days = (await (await host.AsAsync(TestUsers.Dispatcher)).Get<ReconciliationQueries>().DaysAsync(new(), Ct)).Items;
        // What is on another statement counts there alone.
        Assert.Equal((2_001, 3 * 5_000L), (days.Sum(d => d.Open), days.Sum(d => d.Here.Fen)));
    }

    [Fact]
    public async Task Settled_at_once_by_several_people_a_difference_is_settled_once()
    {
        await using var host = await TestHost.OpenAsync();
        var days = await DisturbedAsync(host);
        await host.ReconcileAsync();
        var line = (await host.LineAsync(days.Different)).Id;
        var people = new List<ReconciliationService>();
        for (var n = 0; n < 6; n++) people.Add(await host.SettlingAsync(n % 2 == 0 ? TestUsers.Manager : TestUsers.Administrator));

        var outcomes = await Task.WhenAll(people.Select((p, n) => Task.Run(async () => await Record.ExceptionAsync(
            () => n % 3 == 0 ? p.NoteAsync(line, new() { Reason = "x" }, Ct) : p.CorrectAsync(line, new() { Reason = "y" }, Ct)), Ct)));

        Assert.Single(outcomes, o => o is null);
        Assert.All(outcomes.OfType<Exception>(), o => Assert.Equal("LineSettled", Assert.IsType<Rejected>(o).Code));
        Assert.True(await host.InDatabaseAsync(db => db.MoneyProposals.CountAsync(p => p.Kind == MoneyProposalKind.Correction, Ct)) <= 1);
    }

    [Fact]
    public async Task The_paper_of_a_day_has_counts_sums_differences_and_the_seal_of_the_ledger()
    {
        await using var host = await TestHost.OpenAsync();
        var days = await DisturbedAsync(host);
        await host.ReconcileAsync();
        await host.AsSystem().Get<LedgerSeals>().SealAsync(ReconciliationSteps.Day, Ct);
        var seal = await host.InDatabaseAsync(db => db.LedgerDays.Select(d => d.Hash).SingleAsync(Ct));
        var desk = await host.AsAsync(TestUsers.Dispatcher);
        var id = (await host.LinesAsync())[0].DayId;

        var document = await desk.Get<ReconciliationDocument>().ReadAsync(id, Ct);
        var tables = document.Blocks.OfType<Table>().ToList();
        Assert.Equal(["2", "49.00", "49.00"], tables[0].Rows[0].Cells.Skip(1));
        Assert.Equal(["6", "146.00", "149.00"], tables[0].Rows[^1].Cells.Skip(1));
        Assert.Equal(4, tables[1].Rows.Count);
        Assert.Contains(tables[1].Rows, r => r.Cells[1] == days.MissingThere && r.Cells[2] == "—" && r.Cells[3] == "50.00");
        Assert.Contains(document.Blocks.OfType<Paragraph>(), p => p.Text.Contains(seal, StringComparison.Ordinal));
        var day = await desk.Get<ReconciliationQueries>().DayAsync(id, Ct);
        Assert.Equal(seal, day.Seal);
        Assert.Equal(ReconciliationSteps.Day, day.SealDay);
        Assert.NotEmpty(desk.Get<IDocumentEngine>().Write(document, cancellation: Ct));
        await Assert.ThrowsAsync<NotFound>(() => desk.Get<ReconciliationDocument>().ReadAsync(99_999, Ct));
    }

    private static Task<List<InboxItem>> MessagesAsync(TestHost host) => host.InDatabaseAsync(
        db => db.Inbox.AsNoTracking().Where(i => i.Kind == ReconciliationNotificationKind.Differences).ToListAsync(Ct));

    /// <summary>One payment of each kind of difference, and one with a refund that both sides have.</summary>
    private static async Task<(string Matched, string MissingHere, string MissingThere, string Different)> DisturbedAsync(TestHost host)
    {
        var matched = await host.AtBankAsync();
        var (missingHere, missingThere, different) =
            (await host.AtBankAsync(SandboxAct.NotifyLate), await host.AtBankAsync(), await host.AtBankAsync());
        var account = await host.AccountAsync(await host.RoomKeyAsync());
        var (manager, admin) = ((await host.AsAsync(TestUsers.Manager)).Get<MoneyService>(), (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>());
        var attempt = await host.InDatabaseAsync(db => db.PaymentAttempts.Where(a => a.RequestNumber == matched).Select(a => a.Id).SingleAsync(Ct));
        await admin.ApproveAsync(await manager.ProposeAsync(
            account, new() { Kind = MoneyProposalKind.Refund, Amount = "1", Reason = "退宿", AttemptId = attempt }, Ct), Ct);
        await host.Services.GetRequiredService<PaymentRunner>().RunAsync(Ct);
        await host.DisturbAsync("DELETE FROM SandboxTrades WHERE RequestNumber = {0}", missingThere);
        await host.DisturbAsync("UPDATE SandboxTrades SET AmountFen = 4000 WHERE RequestNumber = {0}", different);
        await host.DisturbAsync(
            "INSERT INTO SandboxTrades (RequestNumber, AmountFen, Status, PaidAt, Refunds, RefundedFen, Version) "
            + "SELECT 'unknown', 700, Status, PaidAt, '', 0, 1 FROM SandboxTrades WHERE RequestNumber = {0}", matched);
        return (matched, missingHere, missingThere, different);
    }
}
