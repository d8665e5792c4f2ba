using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// Pays out at the counter what a gateway does not refund. The gateway is asked before, and never again afterwards, so that nobody gets the money twice.
/// </summary>
public sealed class CashRefunds(
    IDbContextFactory<LogisticsDb> databases, CurrentUser user, PaymentGateways gateways, PaymentRunner runner, PaymentWriter writer, LedgerWriter ledger,
    OfficeTime office, ILogger<CashRefunds> log)
{
    /// <summary>
    /// Pays a refund out and returns the number of its receipt; one that was paid out before keeps its receipt. Managers and administrators only.
    /// </summary>
    /// <exception cref="Rejected">The gateway has refunded it, does not say whether it has, or was not asked often enough.</exception>
    public Task<string> PayOutAsync(long refundId, CancellationToken ct = default)
    {
        Demand();
        return runner.BetweenRefundsAsync(async () =>
        {
            var isMade = await IsMadeAsync(refundId, ct);
            var number = await PayOutAsync(refundId, isMade, ct);
            if (number is null) throw Rejected.Because<PaymentsText>("RefundMade");
            log.MoneyChanged("Cash for refund", refundId, user.ActorOrNull?.PersonId);
            return number;
        }, ct);
    }

    private void Demand()
    {
        user.Actor.DemandFees();
        user.Actor.DemandBilling();
    }

    private async Task<bool> IsMadeAsync(long id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var refund = await db.PaymentRefunds.AsNoTracking().Where(r => r.Id == id)
            .Select(r => new { r.RequestNumber, r.State, r.Attempt.Gateway, Payment = r.Attempt.RequestNumber }).SingleOrDefaultAsync(ct)
            ?? throw new NotFound();
        // Nobody can ask a gateway that is off.
        if (refund.State != RefundState.Waiting || gateways.Find(refund.Gateway) is not { } gateway) return false;
        try
        {
            return await gateway.IsRefundedAsync(refund.Payment, refund.RequestNumber, ct);
        }
        catch (Exception e) when (PaymentRunner.IsNoAnswer(e, ct))
        {
            throw Rejected.Because<PaymentsText>("RefundUnknown", PaymentRunner.ProblemOf(e));
        }
    }

    /// <summary>Null when the gateway has made it.</summary>
    private async Task<string?> PayOutAsync(long id, bool isMade, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.WriteAsync(async token =>
        {
            Demand();
            var refund = await db.PaymentRefunds.Include(r => r.Attempt.Order).SingleAsync(r => r.Id == id, token);
            if (refund.State == RefundState.InCash) return refund.ReceiptNumber;
            var order = refund.Attempt.Order;
            db.Announce(new KeyChanged(FeesTopics.Payments, order.Id));
            if (isMade && refund.State == RefundState.Waiting)
            {
                refund.Finish(office.Now);
                writer.Tell(db, order, PaymentNotificationKind.Refunded, refund.Amount);
            }
            if (refund.State == RefundState.Done) return null;
            if (refund.Tries < MoneyService.ManyTries && gateways.Find(refund.Attempt.Gateway) is not null)
                throw Rejected.Because<PaymentsText>("RefundStillTried");
            var number = await db.NextNumberAsync(PaymentLimits.PaidOut, office.Today, token);
            refund.PayOut(number, user.PersonId, office.Now);
            var (holder, cash) = (
                await LedgerWriter.AccountAsync(db, LedgerAccount.OfGateway(refund.Attempt.Gateway), token),
                await LedgerWriter.AccountAsync(db, LedgerAccount.OfOffice(LedgerAccountKind.Cash), token));
            // The payer's account lost it when the refund was decided; the gateway keeps the money, and the counter gives it.
            await ledger.PostAsync(
                db, TransactionKind.Refund, $"refund-cash:{refund.RequestNumber}", [(holder, Money.Zero - refund.Amount), (cash, refund.Amount)], token);
            writer.Tell(db, order, PaymentNotificationKind.Refunded, refund.Amount);
            await db.SaveChangesAsync(token);
            return number;
        }, ct);
    }
}
