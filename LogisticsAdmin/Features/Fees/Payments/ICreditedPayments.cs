using LogisticsAdmin.Data;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Is told inside the write that a payment which had fitted no order was credited to an account.</summary>
public interface ICreditedPayments
{
    Task CreditedAsync(LogisticsDb db, PaymentAttempt payment, string reason, CancellationToken ct);
}
