using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>退款: money that a gateway gives back. It keeps one request number, so that it is made once however often it is asked for.</summary>
public sealed class PaymentRefund : Versioned
{
    private PaymentRefund() { }

    /// <summary><paramref name="proposalId"/>: null when somebody paid twice, which is refunded by itself.</summary>
    public PaymentRefund(PaymentAttempt attempt, string requestNumber, Money amount, long? proposalId, DateTimeOffset at) =>
        (Attempt, RequestNumber, AmountFen, ProposalId, At, NextTryAt) = (attempt, requestNumber, amount.Fen, proposalId, at, at);

    public long AttemptId { get; private set; }
    public PaymentAttempt Attempt { get; private set; } = null!;
    public string RequestNumber { get; private set; } = "";
    public long AmountFen { get; private set; }
    public long? ProposalId { get; private set; }
    public RefundState State { get; private set; } = RefundState.Waiting;
    public DateTimeOffset At { get; private set; }
    public int Tries { get; private set; }
    public DateTimeOffset? NextTryAt { get; private set; }
    public DateTimeOffset? DoneAt { get; private set; }

    /// <summary>The gateway's code of why it has not refunded yet.</summary>
    public string? Problem { get; private set; }

    /// <summary>退款凭证编号 of what was paid out at the counter.</summary>
    public string? ReceiptNumber { get; private set; }
    public long? PaidOutById { get; private set; }

    public Money Amount => new(AmountFen);

    /// <summary>The caller posts it in the same write.</summary>
    internal void PayOut(string receiptNumber, long by, DateTimeOffset at)
    {
        if (State != RefundState.Waiting) throw new InvalidOperationException($"Refund {RequestNumber} was settled before.");
        (State, ReceiptNumber, PaidOutById, DoneAt, NextTryAt) = (RefundState.InCash, receiptNumber, by, at, null);
    }

    internal void Finish(DateTimeOffset at) => (State, DoneAt, NextTryAt, Problem) = (RefundState.Done, at, null, null);

    internal void TryAgain(string problem, DateTimeOffset now)
    {
        if (State != RefundState.Waiting) return;
        Tries++;
        (NextTryAt, Problem) = (PaymentPauses.NextRefund(Tries, now), CleanText.Summary(problem, 100));
    }
}
