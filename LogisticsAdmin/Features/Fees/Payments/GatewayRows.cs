using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>What a gateway needs to take a payment. <paramref name="ReturnAddress"/> is where the payer's browser comes back to.</summary>
public sealed record PayRequest(string RequestNumber, Money Amount, string Subject, string ReturnAddress, string NotifyAddress, bool IsPhone);

/// <summary>What a gateway says about a payment; its signature is good. <paramref name="IsOurs"/>: it is meant for this application.</summary>
public sealed record GatewayNotice(string RequestNumber, TradeStatus Status, Money? Amount, string? TradeNumber, bool IsOurs = true)
{
    /// <summary>Of a message: what its signature is over. The same content can arrive in many wordings, all of them signed.</summary>
    public string? SignedContent { get; init; }
}

/// <summary>A gateway's answer to a question, with its own text.</summary>
public sealed record GatewayAnswer(GatewayNotice Notice, string Raw);

/// <summary>Whether a refund was made; otherwise the gateway's code of why not.</summary>
public sealed record RefundAnswer(bool IsDone, string? Problem = null);

/// <summary>
/// One payment or refund of a gateway's statement of a day. <paramref name="RefundNumber"/>: our number of a refund, null when it was not asked for by
/// the app. <paramref name="Amount"/>: above zero, also of a refund.
/// </summary>
public sealed record GatewayLine(
    GatewayLineKind Kind, string TradeNumber, string RequestNumber, string? RefundNumber, Money Amount, DateTimeOffset? At);
