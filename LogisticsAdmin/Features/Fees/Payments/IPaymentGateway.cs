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

    /// <summary>Asks whether a refund was made, without making it.</summary>
    /// <exception cref="GatewayFailure">There was no answer with a good signature.</exception>
    Task<bool> IsRefundedAsync(string requestNumber, string refundNumber, CancellationToken ct = default);

    /// <summary>All payments and refunds of a day that is over; null when the gateway says that there is no statement of it (yet).</summary>
    /// <exception cref="GatewayFailure">There was no answer that can be believed, or a file that is not whole.</exception>
    Task<IReadOnlyList<GatewayLine>?> StatementAsync(DateOnly day, CancellationToken ct = default);

    /// <summary>Reads the file of a statement that somebody downloaded at the gateway's own site.</summary>
    /// <exception cref="GatewayFailure">It is no whole statement of this day.</exception>
    IReadOnlyList<GatewayLine> ReadStatement(byte[] file, DateOnly day);
}
