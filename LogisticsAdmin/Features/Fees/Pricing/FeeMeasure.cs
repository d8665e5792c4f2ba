namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>What the quantity of a charge is.</summary>
public enum FeeMeasure
{
    /// <summary>抄表: the usage that meters show.</summary>
    Meter = 1,

    /// <summary>定额: one unit for each period, in part for part of the days.</summary>
    Unit = 2,

    /// <summary>按面积: the square metres of the room.</summary>
    Area = 3,
}
