using System.Globalization;
using System.Security.Cryptography;
using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Features.Inbox;
using LogisticsAdmin.Live;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What payments change, to be called inside a write: orders, the ledger, refunds and messages to payers all together or not at all.</summary>
public sealed class PaymentWriter(LedgerWriter ledger, PersonalAccounts accounts, OfficeTime office)
{
    /// <summary>
    /// Applies what a gateway says. A payment counts once, whenever it is said and however often; the second payment of an order goes back to who
    /// made it.
    /// </summary>
    public async Task<NoticeOutcome> ApplyAsync(LogisticsDb db, string gateway, GatewayNotice notice, CancellationToken ct)
    {
        if (!notice.IsOurs) return NoticeOutcome.OtherApplication;
        var attempt = await db.PaymentAttempts.Include(a => a.Order.Account)
            .SingleOrDefaultAsync(a => a.RequestNumber == notice.RequestNumber && a.Gateway == gateway, ct);
        if (attempt is null) return NoticeOutcome.UnknownOrder;
        if (notice.Status != TradeStatus.Paid)
        {
            if (notice.Status == TradeStatus.Closed) attempt.Fail();
            return NoticeOutcome.Noted;
        }
        if (notice.Amount != attempt.Order.Amount) return NoticeOutcome.AmountDiffers;
        if (attempt.State == AttemptState.Paid) return NoticeOutcome.Repeated;
        return await PayAsync(db, attempt, notice, ct);
    }

    /// <summary>Takes cash into an account of a room or person: an order that is paid at once, with its receipt.</summary>
    public async Task<PaymentOrder> TakeCashAsync(LogisticsDb db, LedgerAccount account, Money amount, long by, Guid? key, CancellationToken ct)
    {
        var now = office.Now;
        var number = await db.NextNumberAsync(PaymentLimits.Orders, office.DayOf(now), ct);
        var order = new PaymentOrder(number, account, account.PersonId, amount, by, key, now);
        order.Pay(PaymentLimits.Cash, await db.NextNumberAsync(PaymentLimits.Receipts, office.DayOf(now), ct), now);
        db.PaymentOrders.Add(order);
        var cash = await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), ct);
        await ledger.PostAsync(db, TransactionKind.TopUp, $"cash:{number}", [(account, amount), (cash, Money.Zero - amount)], ct);
        Tell(db, order, PaymentNotificationKind.Received, amount);
        await db.SaveChangesAsync(ct);
        db.Announce(new KeyChanged(FeesTopics.Payments, order.Id));
        return order;
    }

    /// <summary>
    /// Books a payment that fits no order as an order that was paid with it; who gets it is told. The caller knows that it is booked nowhere.
    /// </summary>
    public async Task<PaymentAttempt> CreditAsync(
        LogisticsDb db, UnknownPayment payment, LedgerAccount account, string reason, long by, Guid? key, CancellationToken ct)
    {
        var now = office.Now;
        var number = await db.NextNumberAsync(PaymentLimits.Orders, office.DayOf(now), ct);
        var order = new PaymentOrder(number, account, account.PersonId, payment.Amount, by, key, now);
        var attempt = new PaymentAttempt(order, payment.Gateway, payment.RequestNumber, now);
        attempt.Pay(payment.TradeNumber, now);
        order.Pay(payment.Gateway, await db.NextNumberAsync(PaymentLimits.Receipts, office.DayOf(now), ct), now);
        db.PaymentAttempts.Add(attempt);
        // The reference is made of the attempt's id.
        await db.SaveChangesAsync(ct);
        var holder = await LedgerWriter.AccountAsync(db, LedgerAccount.OfGateway(payment.Gateway), ct);
        await ledger.PostAsync(
            db, TransactionKind.TopUp, string.Create(CultureInfo.InvariantCulture, $"payment:{attempt.Id}"),
            [(account, payment.Amount), (holder, Money.Zero - payment.Amount)], ct, reason);
        if (account.RoomId is not { } room)
        {
            Tell(db, order, PaymentNotificationKind.Received, order.Amount);
            return attempt;
        }
        // Nobody knows who of the room paid: all of them read that it arrived.
        foreach (var resident in await db.Users.Where(p => p.RoomId == room && p.RetiredAt == null).OrderBy(p => p.Id).Select(p => p.Id).ToListAsync(ct))
            Tell(db, resident, PaymentNotificationKind.Credited, order.ReceiptNumber!, order.Amount);
        return attempt;
    }

    /// <summary>Gives back a payment or a part of it through its gateway: posted at once, and asked for until the gateway has made it.</summary>
    public async Task RefundAsync(
        LogisticsDb db, PaymentAttempt attempt, LedgerAccount account, Money amount, string reference, long? proposalId, string text, long? approvedBy,
        CancellationToken ct)
    {
        var now = office.Now;
        var number = await db.NextNumberAsync(PaymentLimits.Refunds, office.DayOf(now), ct);
        db.PaymentRefunds.Add(new PaymentRefund(attempt, RequestNumber(number), amount, proposalId, now));
        var holder = await LedgerWriter.AccountAsync(db, LedgerAccount.OfGateway(attempt.Gateway), ct);
        await ledger.PostAsync(db, TransactionKind.Refund, reference, [(account, Money.Zero - amount), (holder, amount)], ct, text, approvedBy);
    }

    /// <summary>A number for the gateway that nobody can guess and that no restored backup gives out again.</summary>
    public static string RequestNumber(string number) =>
        $"{number.Replace('-', '_')}_{RandomNumberGenerator.GetHexString(8, lowercase: true)}";

    /// <summary>Puts a message about an order into the payer's inbox.</summary>
    public void Tell(LogisticsDb db, PaymentOrder order, int kind, Money amount)
    {
        if (order.PayerId is { } payer) Tell(db, payer, kind, order.Number, amount);
    }

    private void Tell(LogisticsDb db, long person, int kind, string subject, Money amount)
    {
        db.Inbox.Add(new InboxItem(
            person, kind, subject, amount.Fen.ToString(CultureInfo.InvariantCulture), office.Now, amount.ToString(null, CultureInfo.InvariantCulture)));
        db.Announce(new KeyChanged(InboxService.Topic, person));
    }

    private async Task<NoticeOutcome> PayAsync(LogisticsDb db, PaymentAttempt attempt, GatewayNotice notice, CancellationToken ct)
    {
        var (order, now) = (attempt.Order, office.Now);
        attempt.Pay(notice.TradeNumber, now);
        var holder = await LedgerWriter.AccountAsync(db, LedgerAccount.OfGateway(attempt.Gateway), ct);
        var reference = string.Create(CultureInfo.InvariantCulture, $"payment:{attempt.Id}");
        // Goes back before it comes: at no time may the account seem to have both payments, which would end a cut-off.
        var isSecond = order.State != OrderState.Open;
        if (isSecond) await RefundAsync(db, attempt, order.Account, order.Amount, $"{reference}:refund", null, "", null, ct);
        await ledger.PostAsync(db, TransactionKind.TopUp, reference, [(order.Account, order.Amount), (holder, Money.Zero - order.Amount)], ct);
        db.Announce(new KeyChanged(FeesTopics.Payments, order.Id));
        if (isSecond)
        {
            Tell(db, order, PaymentNotificationKind.PaidTwice, order.Amount);
            return NoticeOutcome.PaidTwice;
        }
        order.Pay(attempt.Gateway, await db.NextNumberAsync(PaymentLimits.Receipts, office.DayOf(now), ct), now);
        Tell(db, order, PaymentNotificationKind.Received, order.Amount);
        await accounts.TakeAsync(db, order, ct);
        return NoticeOutcome.Applied;
    }
}
