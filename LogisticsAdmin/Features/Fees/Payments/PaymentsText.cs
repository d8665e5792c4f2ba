namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Resources of accounts and payments.</summary>
public sealed class PaymentsText;
