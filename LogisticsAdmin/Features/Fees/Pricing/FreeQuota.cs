namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>
/// 免费额度: a quantity that costs nothing. <paramref name="Amount"/>: units for each period, and for each person where the basis says so.
/// <paramref name="ExcludedMonths"/>: months of the year, 1 to 12, without a quota; only for monthly quotas. <paramref name="CarriesOver"/>
/// (结余结转): whether what was not used is added to the next period.
/// </summary>
public sealed record FreeQuota(decimal Amount, QuotaBasis Basis, BillingCycle Period, IReadOnlyList<int> ExcludedMonths, bool CarriesOver);
