namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>Limits of the fields of fees.</summary>
public static class FeesLimits
{
    public const int Reason = 200;
    public const int DocumentNumber = 60;
    public const int Unit = 20;
    public const int Note = 200;
    public const int MeterNumber = 40;

    /// <summary>Yuan for one unit, four decimals.</summary>
    public const decimal Price = 99_999.9999m;

    /// <summary>Units: of a step's end, a quota or a reading.</summary>
    public const decimal Quantity = 99_999_999.9999m;

    /// <summary>Yuan, of one top-up, payment, refund or correction.</summary>
    public const decimal Amount = 99_999_999.99m;

    public const int Steps = 8;
}
