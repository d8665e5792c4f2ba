namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>A gateway gave no answer that can be believed. It is asked again later.</summary>
public sealed class GatewayFailure(string code) : Exception($"The payment gateway answered: {code}")
{
    public string Code { get; } = code;
}
