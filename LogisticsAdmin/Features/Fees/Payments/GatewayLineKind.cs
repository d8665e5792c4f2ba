namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What a line of a gateway's statement is about.</summary>
public enum GatewayLineKind
{
    Payment = 1,
    Refund = 2,
}
