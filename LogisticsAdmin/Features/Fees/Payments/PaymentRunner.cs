using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// Brings payments to their end, also after a restart: applies messages that could not be applied, asks for payments of which nothing was heard,
/// and asks for refunds until they are made. Gateways are called outside of any write.
/// </summary>
public sealed class PaymentRunner(
    PaymentGateways gateways, NotificationService notifications, IServiceScopeFactory scopes, OfficeTime office, ILogger<PaymentRunner> log)
    : IDisposable
{
    private const int Batch = 50;

    private readonly SemaphoreSlim _refunding = new(1, 1);
    private int _running;

    /// <summary>Does what is due. A call during another run does nothing.</summary>
    public async Task RunAsync(CancellationToken ct = default)
    {
        if (Interlocked.Exchange(ref _running, 1) == 1) return;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
            var databases = scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>();
            if (gateways.Find(SandboxGateway.SandboxName) is not null) await scope.ServiceProvider.GetRequiredService<SandboxBank>().ActAsync(ct);
            await ApplyAgainAsync(databases, ct);
            await AskAsync(databases, ct);
            await RefundAsync(databases, ct);
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }

    // What belongs to a gateway that is off waits, and is in nobody's way.
    private List<string> Names => [.. gateways.All.Select(g => g.Name)];

    private async Task ApplyAgainAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        var names = Names;
        await using var db = await databases.CreateDbContextAsync(ct);
        // Those tried last come last: each is recorded again when it is tried.
        var waiting = await db.PaymentNotifications.AsNoTracking().Where(n => n.Outcome == NoticeOutcome.Waiting && names.Contains(n.Gateway))
            .OrderBy(n => n.LastReceivedAt).ThenBy(n => n.Id).Take(Batch).ToListAsync(ct);
        foreach (var message in waiting)
        {
            // What it says is read again from its own text.
            if (gateways.Find(message.Gateway) is not { } gateway) continue;
            if (message.IsAnswer)
            {
                await AskOneAsync(databases, gateway, message.RequestNumber, ct);
                await SettleAsync(databases, message.Id, NoticeOutcome.AskedAgain, ct);
            }
            else if (gateway.Read(NoticeForm.Parse(message.Raw)) is { } said)
            {
                await notifications.RecordAsync(gateway.Name, said, message.Raw, isAnswer: false, ct);
            }
            else
            {
                await SettleAsync(databases, message.Id, NoticeOutcome.Unreadable, ct);
            }
        }
    }

    private static async Task SettleAsync(IDbContextFactory<LogisticsDb> databases, long id, NoticeOutcome outcome, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var record = await db.PaymentNotifications.SingleAsync(n => n.Id == id, token);
            if (record.Outcome == NoticeOutcome.Waiting) record.Settle(outcome);
        }, ct);
    }

    private async Task AskAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        var (now, names) = (office.Now, Names);
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = await db.PaymentAttempts.AsNoTracking().Where(a => a.NextAskAt != null && a.NextAskAt <= now && names.Contains(a.Gateway))
            .OrderBy(a => a.NextAskAt).Take(Batch).Select(a => new { a.Gateway, a.RequestNumber }).ToListAsync(ct);
        foreach (var attempt in due)
        {
            if (gateways.Find(attempt.Gateway) is { } gateway) await AskOneAsync(databases, gateway, attempt.RequestNumber, ct);
        }
    }

    private async Task<GatewayNotice?> AskOneAsync(
        IDbContextFactory<LogisticsDb> databases, IPaymentGateway gateway, string request, CancellationToken ct)
    {
        var isAnswered = false;
        GatewayNotice? said = null;
        try
        {
            var answer = await gateway.QueryAsync(request, ct);
            // An answer about another payment says nothing about this one.
            isAnswered = answer.Notice.RequestNumber == request;
            if (isAnswered) said = answer.Notice;
            // A payment that could not be applied yet is asked for until it is.
            if (isAnswered && answer.Notice.Status is (TradeStatus.Paid or TradeStatus.Closed))
                isAnswered = await notifications.RecordAsync(gateway.Name, answer.Notice, answer.Raw, isAnswer: true, ct) != NoticeOutcome.Waiting;
        }
        catch (Exception e) when (IsNoAnswer(e, ct))
        {
            log.NoAnswer(gateway.Name, request, ProblemOf(e));
        }
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
            (await db.PaymentAttempts.SingleOrDefaultAsync(a => a.RequestNumber == request, token))?.AskAgain(office.Now, isAnswered), ct);
        return said;
    }

    /// <summary>
    /// Asks the gateway about one payment at once and applies what it answers. Null without an answer that can be believed, otherwise what is known
    /// there.
    /// </summary>
    public async Task<GatewayNotice?> AskNowAsync(string gateway, string request, CancellationToken ct = default)
    {
        if (gateways.Find(gateway) is not { } known) return null;
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        return await AskOneAsync(scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>(), known, request, ct);
    }

    /// <summary>Does what no request for a refund may run beside: after it, the next request reads the refund again.</summary>
    internal async Task<T> BetweenRefundsAsync<T>(Func<Task<T>> work, CancellationToken ct)
    {
        await _refunding.WaitAsync(ct);
        try
        {
            return await work();
        }
        finally
        {
            _refunding.Release();
        }
    }

    private async Task RefundAsync(IDbContextFactory<LogisticsDb> databases, CancellationToken ct)
    {
        var (now, names) = (office.Now, Names);
        await using var reading = await databases.CreateDbContextAsync(ct);
        var due = await reading.PaymentRefunds.AsNoTracking()
            .Where(r => r.NextTryAt != null && r.NextTryAt <= now && names.Contains(r.Attempt.Gateway)).OrderBy(r => r.NextTryAt).Take(Batch)
            .Select(r => new { r.Id, r.Attempt.Gateway }).ToListAsync(ct);
        foreach (var refund in due)
        {
            if (gateways.Find(refund.Gateway) is not { } gateway) continue;
            await BetweenRefundsAsync(() => RefundOneAsync(databases, gateway, refund.Id, ct), ct);
        }
    }

    private async Task<bool> RefundOneAsync(IDbContextFactory<LogisticsDb> databases, IPaymentGateway gateway, long id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refund = await db.PaymentRefunds.AsNoTracking().Where(r => r.Id == id && r.State == RefundState.Waiting)
            .Select(r => new { r.RequestNumber, r.AmountFen, Payment = r.Attempt.RequestNumber }).SingleOrDefaultAsync(ct);
        // It was paid out at the counter meanwhile.
        if (refund is null) return false;
        RefundAnswer answer;
        try
        {
            answer = await gateway.RefundAsync(refund.Payment, refund.RequestNumber, new Money(refund.AmountFen), ct);
        }
        catch (Exception e) when (IsNoAnswer(e, ct))
        {
            answer = new RefundAnswer(false, ProblemOf(e));
        }
        if (!answer.IsDone) log.NotRefunded(gateway.Name, refund.RequestNumber, answer.Problem ?? "");
        await SettleRefundAsync(id, answer, ct);
        return answer.IsDone;
    }

    /// <summary>Stores that a gateway has made a refund, and tells who had paid; once.</summary>
    internal Task FinishAsync(long refundId, CancellationToken ct) => SettleRefundAsync(refundId, new RefundAnswer(true), ct);

    private async Task SettleRefundAsync(long id, RefundAnswer answer, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentUser>().SetActor(Actor.System);
        var writer = scope.ServiceProvider.GetRequiredService<PaymentWriter>();
        await using var db = await scope.ServiceProvider.GetRequiredService<IDbContextFactory<LogisticsDb>>().CreateDbContextAsync(ct);
        await db.WriteAsync(async token =>
        {
            var stored = await db.PaymentRefunds.Include(r => r.Attempt.Order).SingleAsync(r => r.Id == id, token);
            if (stored.State != RefundState.Waiting) return;
            if (answer.IsDone)
            {
                stored.Finish(office.Now);
                writer.Tell(db, stored.Attempt.Order, PaymentNotificationKind.Refunded, new Money(stored.AmountFen));
            }
            else
            {
                stored.TryAgain(answer.Problem ?? "", office.Now);
            }
            db.Announce(new KeyChanged(FeesTopics.Payments, stored.Attempt.OrderId));
        }, ct);
    }

    public void Dispose() => _refunding.Dispose();

    internal static bool IsNoAnswer(Exception e, CancellationToken ct) =>
        !ct.IsCancellationRequested && e is GatewayFailure or HttpRequestException or OperationCanceledException or IOException;

    // Other exceptions may name the address that was asked, with all that stands in it.
    internal static string ProblemOf(Exception e) => e is GatewayFailure failure ? failure.Code : e.GetType().Name;
}
