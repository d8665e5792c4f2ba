using LogisticsAdmin.Data;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The bank behind <see cref="SandboxGateway"/>: does what somebody chose on its page, and says so as a gateway would.</summary>
public sealed class SandboxBank(
    IDbContextFactory<LogisticsDb> databases, SandboxGateway gateway, NotificationService notifications, PaymentService payments,
    OfficeTime office)
{
    private static readonly TimeSpan Later = TimeSpan.FromMinutes(1), Late = TimeSpan.FromMinutes(2);

    internal async Task<SandboxTrade?> FindAsync(string request, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SandboxTrades.AsNoTracking().SingleOrDefaultAsync(t => t.RequestNumber == request, ct);
    }

    /// <summary>The order that a request is for, and its amount.</summary>
    /// <exception cref="NotFound">There is no such request.</exception>
    public async Task<(string Order, Money Amount)> OrderOfAsync(string request, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.PaymentAttempts.Where(a => a.RequestNumber == request && a.Gateway == SandboxGateway.SandboxName)
            .Select(a => new { a.Order.Number, a.Order.AmountFen }).SingleOrDefaultAsync(ct) ?? throw new NotFound();
        return (found.Number, new Money(found.AmountFen));
    }

    /// <summary>Does what was chosen for a request.</summary>
    public async Task DoAsync(string request, SandboxAct act, CancellationToken ct = default)
    {
        var (order, amount) = await OrderOfAsync(request, ct);
        var now = office.Now;
        // Opened first: there is no second way once the order is paid.
        var second = act == SandboxAct.PayTwice ? await payments.OpenAsync(order, SandboxGateway.SandboxName, ct) : null;
        var trade = await ChangeAsync(request, amount, t =>
        {
            // Money that was taken stays taken.
            if (act == SandboxAct.Fail && t.Status != TradeStatus.Paid) t.Close();
            else if (act == SandboxAct.PayLater && t.Status != TradeStatus.Paid) t.ActAt(now + Later);
            else if (act is not (SandboxAct.Fail or SandboxAct.PayLater)) t.Pay(now);
            if (act == SandboxAct.NotifyLate) t.ActAt(now + Late);
        }, ct);
        switch (act)
        {
            case SandboxAct.NotifyLate:
                break;
            case SandboxAct.PayTwice:
                await SayAsync(trade, trade.Status, ct);
                await SayAsync(await ChangeAsync(second!, amount, t => t.Pay(now), ct), TradeStatus.Paid, ct);
                break;
            case SandboxAct.NotifyRepeatedly:
                for (var n = 0; n < 3; n++) await SayAsync(trade, trade.Status, ct);
                break;
            case SandboxAct.OutOfOrder:
                foreach (var status in new[] { trade.Status, TradeStatus.Closed, TradeStatus.Waiting }) await SayAsync(trade, status, ct);
                break;
            default:
                await SayAsync(trade, trade.Status, ct);
                break;
        }
    }

    /// <summary>Makes the payments and sends the messages that are due.</summary>
    internal async Task ActAsync(CancellationToken ct)
    {
        var now = office.Now;
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.SandboxTrades.AsNoTracking().Where(t => t.ActsAt != null && t.ActsAt <= now).OrderBy(t => t.ActsAt).Take(100).ToListAsync(ct);
        foreach (var trade in due)
        {
            var paid = await ChangeAsync(trade.RequestNumber, trade.Amount, t =>
            {
                t.Pay(now);
                t.ActAt(null);
            }, ct);
            await SayAsync(paid, TradeStatus.Paid, ct);
        }
    }

    internal async Task<bool> RefundAsync(string request, string refund, Money amount, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
            await db.SandboxTrades.SingleOrDefaultAsync(t => t.RequestNumber == request, token) is { } trade && trade.Refund(refund, amount, office.Now), ct);
    }

    /// <summary>What the bank paid and refunded within a day.</summary>
    internal async Task<IReadOnlyList<GatewayLine>> StatementAsync(DateOnly day, CancellationToken ct)
    {
        var (from, until) = (office.At(day, TimeOnly.MinValue), office.At(day.AddDays(1), TimeOnly.MinValue));
        await using var db = await databases.CreateDbContextAsync(ct);
        var paid = await db.SandboxTrades.AsNoTracking().Where(t => t.PaidAt >= from && t.PaidAt < until).OrderBy(t => t.Id).ToListAsync(ct);
        var refunded = await db.SandboxTrades.AsNoTracking().Where(t => t.LastRefundAt >= from).OrderBy(t => t.Id).ToListAsync(ct);
        return
        [
            .. paid.Select(t => new GatewayLine(GatewayLineKind.Payment, SandboxGateway.TradeOf(t), t.RequestNumber, null, t.Amount, t.PaidAt)),
            .. from trade in refunded
               from refund in trade.Made
               where refund.At >= @from && refund.At < until
               select new GatewayLine(
                   GatewayLineKind.Refund, SandboxGateway.TradeOf(trade), trade.RequestNumber, refund.Number, refund.Amount, refund.At),
        ];
    }

    private async Task SayAsync(SandboxTrade trade, TradeStatus status, CancellationToken ct)
    {
        var form = gateway.Say(trade, status);
        using var content = new FormUrlEncodedContent(form);
        await notifications.ReceiveAsync(gateway.Name, form, await content.ReadAsStringAsync(ct), ct);
    }

    private async Task<SandboxTrade> ChangeAsync(string request, Money amount, Action<SandboxTrade> change, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            var trade = await db.SandboxTrades.SingleOrDefaultAsync(t => t.RequestNumber == request, token);
            if (trade is null) db.SandboxTrades.Add(trade = new SandboxTrade(request, amount));
            change(trade);
            return trade;
        }, ct);
    }
}
