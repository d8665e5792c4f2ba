namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>A billing run to start.</summary>
public sealed class RunForm
{
    public long? KindId { get; set; }

    /// <summary>See <see cref="FeePeriod.Code"/>.</summary>
    public string? Period { get; set; }
}
