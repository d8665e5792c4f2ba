using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>One opened way to pay an order, with a request number of its own at the gateway.</summary>
public sealed class PaymentAttempt : Versioned
{
    private PaymentAttempt() { }

    public PaymentAttempt(PaymentOrder order, string gateway, string requestNumber, DateTimeOffset at) =>
        (Order, Gateway, RequestNumber, OpenedAt, NextAskAt) = (order, gateway, requestNumber, at, at + PaymentPauses.FirstAsk);

    public long OrderId { get; private set; }
    public PaymentOrder Order { get; private set; } = null!;
    public string Gateway { get; private set; } = "";
    public string RequestNumber { get; private set; } = "";
    public AttemptState State { get; private set; } = AttemptState.Open;
    public DateTimeOffset OpenedAt { get; private set; }
    public int Asked { get; private set; }

    /// <summary>When the gateway is asked what became of it; null when it is not asked any more.</summary>
    public DateTimeOffset? NextAskAt { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>The gateway's own number of the payment.</summary>
    public string? TradeNumber { get; private set; }

    internal void Pay(string? tradeNumber, DateTimeOffset at) =>
        (State, TradeNumber, PaidAt, NextAskAt) = (AttemptState.Paid, tradeNumber, at, null);

    /// <summary>It failed: still asked for as before, because some gateways accept another card.</summary>
    internal void Fail()
    {
        if (State == AttemptState.Open) State = AttemptState.Closed;
    }

    /// <summary>It is given up only after an answer: nobody knows what became of it while the gateway is silent.</summary>
    internal void AskAgain(DateTimeOffset now, bool isAnswered)
    {
        if (State == AttemptState.Paid) return;
        Asked++;
        NextAskAt = PaymentPauses.NextAsk(OpenedAt, Asked, now) ?? (isAnswered ? null : now + PaymentPauses.Longest);
        if (NextAskAt is null) Fail();
    }
}
