using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// 认领: credits a payment that arrived and fits no order to the account of a room or person, once. From then on it is a paid order like any other, with
/// its receipt, and can be refunded. For managers and administrators.
/// </summary>
public sealed class PaymentCredits(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, PaymentWriter writer, IEnumerable<ICreditedPayments> followers,
    ILogger<PaymentCredits> log)
{
    private static readonly CreditFormValidator Rules = new();

    /// <summary>Credits the payment of a message. A form sent twice credits it once, with one receipt.</summary>
    /// <exception cref="Rejected">It was credited or settled before, or the gateway does not say how much was paid.</exception>
    public async Task<CashReceipt> CreditAsync(long messageId, CreditForm form, CancellationToken ct = default)
    {
        Demand(form);
        if (await SentBeforeAsync(form, ct) is { } made) return made;
        var payment = await PaymentOfAsync(messageId, ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var receipt = await db.WriteAsync(token => CreditAsync(db, payment, form, token), ct);
        log.MoneyChanged("Credit of message", messageId, user.ActorOrNull?.PersonId);
        return receipt;
    }

    /// <summary>The receipt of a form that was sent before; null for a new one.</summary>
    internal async Task<CashReceipt?> SentBeforeAsync(CreditForm form, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await SentBeforeAsync(db, form, ct);
    }

    /// <summary>Inside the caller's write.</summary>
    internal async Task<CashReceipt> CreditAsync(LogisticsDb db, UnknownPayment payment, CreditForm form, CancellationToken ct)
    {
        Demand(form);
        if (await SentBeforeAsync(db, form, ct) is { } made) return made;
        var (gateway, request) = (payment.Gateway, payment.RequestNumber);
        if (await db.PaymentAttempts.Where(a => a.RequestNumber == request).Select(a => (long?)a.Order.AccountId).FirstOrDefaultAsync(ct) is { } credited)
            throw Rejected.Because<PaymentsText>("CreditedBefore", await MoneyService.NameOfAsync(db, credited, ct));
        var messages = await db.PaymentNotifications.Where(n => n.Gateway == gateway && n.RequestNumber == request && n.Status == TradeStatus.Paid)
            .ToListAsync(ct);
        if (messages.Exists(m => m.Outcome == NoticeOutcome.Settled)) throw Rejected.Because<PaymentsText>("PaymentSettled");
        var account = await MoneyService.AccountOfAsync(db, form.To, nameof(CreditForm.To), ct);
        var attempt = await writer.CreditAsync(db, payment, account, CleanText.Clean(form.Reason), user.PersonId, form.Key, ct);
        foreach (var message in messages.Where(m => m.Outcome == NoticeOutcome.UnknownOrder))
        {
            // Another message of the same payment that names another amount still has to be looked into.
            var said = message.IsAnswer ? payment.Amount : AmountOf(message.Gateway, message.Raw);
            message.Settle(said == payment.Amount ? NoticeOutcome.Settled : NoticeOutcome.AmountDiffers);
        }
        await db.SaveChangesAsync(ct);
        foreach (var follower in followers) await follower.CreditedAsync(db, attempt, CleanText.Clean(form.Reason), ct);
        db.Announce(new KeyChanged(FeesTopics.Payments, attempt.OrderId));
        return await ReceiptAsync(db, attempt.Order, ct);
    }

    /// <summary>What a stored message says was paid; null when the gateway is off or the message cannot be read any more.</summary>
    internal Money? AmountOf(string gateway, string raw) => gateways.Find(gateway)?.Read(NoticeForm.Parse(raw))?.Amount;

    private void Demand(CreditForm form)
    {
        user.Actor.DemandFees();
        user.Actor.DemandBilling();
        Rules.Demand(form);
    }

    private async Task<UnknownPayment> PaymentOfAsync(long messageId, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var message = await db.PaymentNotifications.AsNoTracking()
            .SingleOrDefaultAsync(n => n.Id == messageId && n.Status == TradeStatus.Paid, ct) ?? throw new NotFound();
        if (message.Outcome is not (NoticeOutcome.UnknownOrder or NoticeOutcome.Settled or NoticeOutcome.Repeated)) throw new NotFound();
        if (gateways.Find(message.Gateway) is not { } gateway) throw Rejected.Because<PaymentsText>("AmountUnknown");
        var said = message.IsAnswer ? await AskAsync(gateway, message.RequestNumber, ct) : gateway.Read(NoticeForm.Parse(message.Raw));
        if (said is not { Status: TradeStatus.Paid, Amount: { } amount } || amount <= Money.Zero) throw Rejected.Because<PaymentsText>("AmountUnknown");
        return new UnknownPayment(gateway.Name, message.RequestNumber, said.TradeNumber, amount);
    }

    private static async Task<GatewayNotice?> AskAsync(IPaymentGateway gateway, string request, CancellationToken ct)
    {
        try
        {
            return (await gateway.QueryAsync(request, ct)).Notice is { } said && said.RequestNumber == request ? said : null;
        }
        catch (Exception e) when (PaymentRunner.IsNoAnswer(e, ct))
        {
            return null;
        }
    }

    private async Task<CashReceipt?> SentBeforeAsync(LogisticsDb db, CreditForm form, CancellationToken ct)
    {
        if (form.Key is not { } key) return null;
        var me = user.PersonId;
        var made = await db.PaymentOrders.AsNoTracking().FirstOrDefaultAsync(o => o.Key == key && o.CreatedById == me, ct);
        return made is null ? null : await ReceiptAsync(db, made, ct);
    }

    private static async Task<CashReceipt> ReceiptAsync(LogisticsDb db, PaymentOrder order, CancellationToken ct) =>
        new(order.ReceiptNumber!, await MoneyService.NameOfAsync(db, order.AccountId, ct));
}
