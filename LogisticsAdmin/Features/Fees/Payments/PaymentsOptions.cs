namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The settings of section <c>Payments</c>.</summary>
public sealed class PaymentsOptions
{
    public AlipayOptions Alipay { get; set; } = new();

    /// <summary>Whether payments can be played where the environment is neither Development, where they can, nor Production, where they never can.</summary>
    public bool Sandbox { get; set; }

    /// <summary>Messages of gateways from one address within a minute.</summary>
    public int NoticesPerMinute { get; set; } = 6_000;
}
