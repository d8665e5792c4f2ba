using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Tests.Fees;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace LogisticsAdmin.Tests.Support;

/// <summary>
/// Entry of <c>pay-until-killed DIR</c>: makes payments in every way that the played bank knows, takes cash and refunds, and prints what is done.
/// </summary>
internal static class KillablePayments
{
    public const string Cash = "cash";

    private const long Fen = 300;

    private static readonly SandboxAct[] Acts = Enum.GetValues<SandboxAct>();

    public static async Task<int> RunAsync(string directory)
    {
        await using var host = await TestHost.StartAsync(directory);
        var resident = await host.AsAsync(TestUsers.Resident);
        var (payments, bank) = (resident.Get<PaymentService>(), resident.Get<SandboxBank>());
        var (dispatcher, manager, admin) = (
            (await host.AsAsync(TestUsers.Dispatcher)).Get<MoneyService>(), (await host.AsAsync(TestUsers.Manager)).Get<MoneyService>(),
            (await host.AsAsync(TestUsers.Administrator)).Get<MoneyService>());
        for (var n = Random.Shared.Next(Acts.Length); ; n++)
        {
            var order = await payments.CreateAsync(new TopUpForm { Target = PaymentTarget.Room, Amount = "3", Key = Guid.NewGuid() });
            var request = await payments.OpenAsync(order, SandboxGateway.SandboxName);
            var act = Acts[n % Acts.Length];
            await bank.DoAsync(request, act);
            Console.WriteLine($"{(act is SandboxAct.Fail or SandboxAct.PayLater or SandboxAct.NotifyLate ? "later" : request)};");
            if (n % 3 != 0) continue;
            await dispatcher.TakeCashAsync(new CashForm { Whose = "竹园3号楼512", Amount = "3", Key = Guid.NewGuid() });
            Console.WriteLine($"{Cash};");
            var account = await host.AccountAsync(await host.RoomKeyAsync());
            var paid = (await manager.RefundableAsync(account)).FirstOrDefault(p => p.Left.Fen == Fen);
            if (paid is not null)
            {
                await admin.ApproveAsync(await manager.ProposeAsync(
                    account, new() { Kind = MoneyProposalKind.Refund, Amount = "1", Reason = "退宿", AttemptId = paid.AttemptId }));
            }
            host.Clock.Advance(TimeSpan.FromMinutes(2));
            await host.Services.GetRequiredService<PaymentRunner>().RunAsync();
            Console.WriteLine("later;");
        }
    }

    /// <summary>
    /// Kills a process among its payments after some lines and adds what it said to be done; then nothing of it may be lost and the ledger is sound.
    /// </summary>
    public static async Task KillAsync(string directory, int lines, List<string> done, CancellationToken ct)
    {
        await using (var paying = AppProcess.Pay(directory))
        {
            var error = paying.Process.StandardError.ReadToEndAsync(ct);
            for (var read = 0; read < lines; read++)
            {
                if (await paying.Process.StandardOutput.ReadLineAsync(ct) is not { } line) Assert.Fail($"It ended by itself: {await error}");
                else done.Add(line);
            }
            paying.Process.Kill();
            while (await paying.Process.StandardOutput.ReadLineAsync(ct) is { } line)
                if (line.EndsWith(';')) done.Add(line);
        }
        await using var host = await TestHost.StartAsync(directory);
        var paid = (await host.InDatabaseAsync(db => db.PaymentAttempts.Where(a => a.State == AttemptState.Paid).Select(a => a.RequestNumber).ToListAsync(ct)))
            .ToHashSet();
        Assert.DoesNotContain(done, d => d.StartsWith(PaymentLimits.Orders, StringComparison.Ordinal) && !paid.Contains(d.TrimEnd(';')));
        Assert.True(await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(o => o.PaidWith == PaymentLimits.Cash, ct))
            >= done.Count(d => d == $"{Cash};"));
        await host.DemandSoundAsync();
    }

    /// <summary>
    /// Lets everything come to its end. Then each payment that the bank made counts once, second ones are given back once, and all balances are what bank
    /// and counter say.
    /// </summary>
    public static async Task FinishAsync(TestHost host, CancellationToken ct)
    {
        var runner = host.Services.GetRequiredService<PaymentRunner>();
        for (var n = 0; await host.InDatabaseAsync(db => IsWaitingAsync(db)); n++)
        {
            Assert.True(n < 1_000, "It does not come to an end.");
            host.Clock.Advance(TimeSpan.FromHours(1));
            await runner.RunAsync(ct);
        }
        var trades = await host.InDatabaseAsync(db => db.SandboxTrades.AsNoTracking().ToListAsync(ct));
        var attempts = await host.InDatabaseAsync(db => db.PaymentAttempts.AsNoTracking().Include(a => a.Order).ToListAsync(ct));
        var refunds = await host.InDatabaseAsync(db => db.PaymentRefunds.AsNoTracking().ToListAsync(ct));
        var cash = await host.InDatabaseAsync(db => db.PaymentOrders.CountAsync(o => o.PaidWith == PaymentLimits.Cash, ct));
        var taken = trades.Where(t => t.Status == TradeStatus.Paid).Select(t => t.RequestNumber).Order(StringComparer.Ordinal).ToList();
        Assert.Equal(taken, attempts.Where(a => a.State == AttemptState.Paid).Select(a => a.RequestNumber).Order(StringComparer.Ordinal));
        Assert.All(refunds, r => Assert.Equal(RefundState.Done, r.State));
        Assert.Equal(refunds.Sum(r => r.AmountFen), trades.Sum(t => t.RefundedFen));
        var paid = attempts.Where(a => a.State == AttemptState.Paid).GroupBy(a => a.OrderId).ToList();
        Assert.All(paid, order => Assert.Equal(OrderState.Paid, order.First().Order.State));
        // Of an order all payments but one went back by themselves.
        Assert.Equal(paid.Sum(order => order.Count() - 1), refunds.Count(r => r.ProposalId == null));
        var back = refunds.Where(r => r.ProposalId != null).Sum(r => r.AmountFen);
        Assert.Equal((paid.Count + cash) * Fen - back, await host.BalanceAsync(await host.RoomKeyAsync()));
        Assert.Equal(-cash * Fen, await host.BalanceAsync("cash"));
        Assert.Equal(-(taken.Count * Fen - refunds.Sum(r => r.AmountFen)), await host.BalanceAsync("gateway:sandbox"));
        var receipts = await host.InDatabaseAsync(db => db.PaymentOrders.Where(o => o.State == OrderState.Paid).Select(o => o.ReceiptNumber).ToListAsync(ct));
        Assert.Equal(paid.Count + cash, receipts.Distinct().Count());
        await host.DemandSoundAsync();

        async Task<bool> IsWaitingAsync(LogisticsDb db) =>
            await db.PaymentAttempts.AnyAsync(a => a.NextAskAt != null, ct) || await db.PaymentRefunds.AnyAsync(r => r.NextTryAt != null, ct)
            || await db.SandboxTrades.AnyAsync(t => t.ActsAt != null, ct)
            || await db.PaymentNotifications.AnyAsync(n => n.Outcome == NoticeOutcome.Waiting, ct);
    }
}
