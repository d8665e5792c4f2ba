using LogisticsAdmin.Data;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Live;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using Microsoft.EntityFrameworkCore;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Settles the lines of statements whose payment had fitted no order, in the write that credits it.</summary>
internal sealed class CreditedLines(CurrentUser user, OfficeTime office) : ICreditedPayments
{
    public async Task CreditedAsync(LogisticsDb db, PaymentAttempt payment, string reason, CancellationToken ct)
    {
        var (gateway, request) = (payment.Gateway, payment.RequestNumber);
        var lines = await db.StatementLines.Where(
            l => l.Day.Gateway == gateway && l.RequestNumber == request && l.Kind == GatewayLineKind.Payment && l.AttemptId == null).ToListAsync(ct);
        foreach (var line in lines)
        {
            line.Credit(payment, user.ActorOrNull?.PersonId, office.Now, reason);
            db.Announce(new KeyChanged(FeesTopics.Reconciliation, line.DayId));
        }
        await db.SaveChangesAsync(ct);
    }
}
