using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>
/// What a gateway said, as it arrived, and what became of it. Its signature was good; anything else is never stored. What says the same is stored
/// once and counted.
/// </summary>
public sealed class PaymentNotification : Versioned
{
    private PaymentNotification() { }

    public PaymentNotification(string gateway, string requestNumber, TradeStatus status, string digest, string raw, bool isAnswer, DateTimeOffset at)
    {
        (Gateway, RequestNumber, Status, Digest, Raw) = (gateway, requestNumber, status, digest, raw);
        (IsAnswer, ReceivedAt, LastReceivedAt) = (isAnswer, at, at);
    }

    public string Gateway { get; private set; } = "";
    public string RequestNumber { get; private set; } = "";
    public TradeStatus Status { get; private set; }

    /// <summary>SHA-256 of what was signed, or of the text of an answer.</summary>
    public string Digest { get; private set; } = "";
    public string Raw { get; private set; } = "";

    /// <summary>The answer to a question instead of a message.</summary>
    public bool IsAnswer { get; private set; }
    public DateTimeOffset ReceivedAt { get; private set; }
    public DateTimeOffset LastReceivedAt { get; private set; }
    public int Times { get; private set; } = 1;
    public NoticeOutcome Outcome { get; private set; } = NoticeOutcome.Waiting;

    internal void ComeAgain(DateTimeOffset at) => (Times, LastReceivedAt) = (Times + 1, at);

    internal void Settle(NoticeOutcome outcome) => Outcome = outcome;
}
