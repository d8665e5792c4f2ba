namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>What an earlier regular bill means for the next one.</summary>
public sealed record BilledBefore(string Subject, string Period, DateOnly First, DateOnly Last, decimal Priced, decimal QuotaUsed, decimal QuotaLeft);
