using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>An order as its payer sees it.</summary>
public sealed record OrderRow(
    string Number, Money Amount, OrderState State, bool IsForRoom, DateTimeOffset CreatedAt, DateTimeOffset? PaidAt, string? PaidWith, string? ReceiptNumber);

/// <summary>The number of a receipt for cash, and whose account it went into.</summary>
public sealed record CashReceipt(string Number, string Account);

/// <summary>A payment through a gateway, and what of it was not refunded yet.</summary>
public sealed record RefundablePayment(long AttemptId, string Order, string Gateway, DateTimeOffset PaidAt, Money Left);

/// <summary>A proposed refund, correction or transfer. <paramref name="MayDecide"/>: the reader is another person than who proposed it;
/// <paramref name="MayApprove"/>: and has the role that it takes.</summary>
public sealed record ProposalRow(
    long Id, MoneyProposalKind Kind, long AccountId, string Account, Money Amount, string? To, string? FeeKind, string? Payment, string Reason,
    string ProposedBy, DateTimeOffset ProposedAt, bool MayDecide, bool MayApprove, bool IsMine);

/// <summary>
/// Money about which somebody has to do something. <paramref name="Request"/>: the gateway's number of the payment or refund;
/// <paramref name="Problem"/>: the gateway's code; <paramref name="RefundId"/>: of a refund that is not made, which can be paid out at the counter;
/// <paramref name="MessageId"/>: of a payment that fits no order, which can be credited to an account.
/// </summary>
public sealed record MoneyTrouble(
    MoneyTroubleKind Kind, DateTimeOffset At, string Gateway, string Request, Money? Amount, string? Order, long? AccountId, string? Problem,
    long? RefundId, long? MessageId = null);

/// <summary>A kind of fee to choose.</summary>
public sealed record FeeKindChoice(long Id, LocalName Name);
