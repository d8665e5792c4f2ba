namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>What an earlier bill, as it stands corrected, means for the next one.</summary>
internal sealed record BilledBefore(
    string Subject, DateOnly PeriodFirst, DateOnly PeriodLast, bool IsDeferred, decimal Priced, decimal QuotaUsed, decimal QuotaLeft);
