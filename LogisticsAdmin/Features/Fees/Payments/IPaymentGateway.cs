using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>A service that takes payments. It stores nothing of ours; whoever calls it decides what its words are worth.</summary>
public interface IPaymentGateway
{
    /// <summary>Stored with each payment, and part of addresses: never changed.</summary>
    string Name { get; }

    LocalName Label { get; }

    /// <summary>Where the payer's browser goes: an absolute address, or one below the app's base.</summary>
    string PayAddress(PayRequest request);

    /// <summary>Reads a message of the gateway; null when its signature is wrong, or it is signed and no message about a payment.</summary>
    GatewayNotice? Read(IReadOnlyDictionary<string, string> form);

    /// <summary>Asks what became of a payment.</summary>
    /// <exception cref="GatewayFailure">There was no answer with a good signature.</exception>
    Task<GatewayAnswer> QueryAsync(string requestNumber, CancellationToken ct = default);

    /// <summary>Gives a payment or a part of it back, once for each <paramref name="refundNumber"/>.</summary>
    /// <exception cref="GatewayFailure">There was no answer with a good signature.</exception>
    Task<RefundAnswer> RefundAsync(string requestNumber, string refundNumber, Money amount, CancellationToken ct = default);
}
