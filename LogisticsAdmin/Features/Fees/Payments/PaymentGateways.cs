using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>The gateways that this office uses, in the order in which they are offered.</summary>
public sealed class PaymentGateways(IEnumerable<IPaymentGateway> gateways)
{
    public IReadOnlyList<IPaymentGateway> All { get; } = [.. gateways];

    public IPaymentGateway? Find(string? name) => All.FirstOrDefault(g => g.Name == name);

    /// <summary>What a stored name of a way to pay is called, cash included.</summary>
    public LocalName LabelOf(string name) =>
        name == PaymentLimits.Cash ? LocalName.Of<PaymentsText>("Cash") : Find(name)?.Label ?? new LocalName(name, name);
}
