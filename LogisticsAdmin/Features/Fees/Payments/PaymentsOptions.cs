namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The settings of section <c>Payments</c>.</summary>
public sealed class PaymentsOptions
{
    public AlipayOptions Alipay { get; set; } = new();

    /// <summary>Messages of gateways from one address within a minute.</summary>
    public int NoticesPerMinute { get; set; } = 6_000;
}
