namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Resources for bills and billing runs.</summary>
public sealed class BillingText;
