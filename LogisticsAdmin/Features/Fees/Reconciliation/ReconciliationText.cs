namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Resources of the reconciliation with payment services.</summary>
public sealed class ReconciliationText;
