using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Security;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>The office reads; managers and administrators fetch and settle; for others there is nothing.</summary>
internal static class ReconciliationAccess
{
    public static void DemandSettling(this Actor actor)
    {
        actor.DemandFees();
        actor.DemandBilling();
    }
}
