namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>How often a fee is billed, and for how long a quota or the steps of a price count.</summary>
public enum BillingCycle
{
    Month = 1,

    /// <summary>学期: the days between two breaks of the office calendar.</summary>
    Term = 2,

    /// <summary>The calendar year.</summary>
    Year = 3,
}
