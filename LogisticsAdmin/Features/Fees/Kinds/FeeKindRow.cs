using LogisticsAdmin.Features.Fees.Pricing;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>
/// A kind of fee. <paramref name="IsUsed"/>: it has a rate, a proposal or a meter, so that unit, measure, payer and cycle stay as they are.
/// </summary>
public sealed record FeeKindRow(
    long Id, long Version, string Code, LocalName Name, LocalName Unit, FeeMeasure Measure, FeePayer Payer, BillingCycle Cycle, int Order, bool IsRetired,
    bool IsUsed, bool GivesBack);
