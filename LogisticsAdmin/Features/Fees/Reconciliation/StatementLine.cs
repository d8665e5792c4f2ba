using System.Globalization;
using LogisticsAdmin.Features.Fees.Payments;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>
/// 对账明细: a payment or refund of a statement, or one that is booked here and on none. It keeps what was found first; how a difference was settled stands
/// beside it.
/// </summary>
public sealed class StatementLine : Versioned
{
    private StatementLine() { }

    /// <summary>A line of the statement of a day.</summary>
    public StatementLine(long dayId, GatewayLine line)
    {
        (DayId, Kind, Key, TradeNumber, RequestNumber) = (dayId, line.Kind, KeyOf(line), line.TradeNumber, line.RequestNumber);
        (RefundNumber, ThereFen, At) = (line.RefundNumber, line.Amount.Fen, line.At);
    }

    private StatementLine(long dayId, GatewayLineKind kind, string request, string? refund, long hereFen, DateTimeOffset at)
    {
        (DayId, Kind, Key, RequestNumber, RefundNumber) = (dayId, kind, $"-{refund ?? request}", request, refund);
        (HereFen, At, State) = (hereFen, at, LineState.MissingThere);
    }

    public long DayId { get; private set; }
    public StatementDay Day { get; private set; } = null!;
    public GatewayLineKind Kind { get; private set; }

    /// <summary>One line for each of a day and kind: the trade's number, of a refund with the refund's; what is on no statement has our own one.</summary>
    public string Key { get; private set; } = "";
    public string? TradeNumber { get; private set; }
    public string RequestNumber { get; private set; } = "";
    public string? RefundNumber { get; private set; }

    /// <summary>What the statement says; null for what is on none.</summary>
    public long? ThereFen { get; private set; }

    /// <summary>What was booked here; null for nothing.</summary>
    public long? HereFen { get; private set; }
    public DateTimeOffset? At { get; private set; }
    public LineState State { get; private set; }
    public long? AttemptId { get; private set; }
    public long? RefundId { get; private set; }
    public SettleWay? Settlement { get; private set; }
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Null for the app itself.</summary>
    public long? SettledById { get; private set; }
    public string? Note { get; private set; }

    /// <summary>The correction that was proposed.</summary>
    public long? ProposalId { get; private set; }

    // What somebody refunded at the gateway's own site has no number of ours.
    public static string KeyOf(GatewayLine line) => line.Kind == GatewayLineKind.Refund
        ? string.Create(CultureInfo.InvariantCulture, $"{line.TradeNumber}/{line.RefundNumber ?? $"{line.Amount.Fen}@{line.At?.ToUnixTimeSeconds()}"}")
        : line.TradeNumber.Length > 0 ? line.TradeNumber : line.RequestNumber;

    internal static StatementLine MissingPayment(long dayId, PaymentAttempt attempt) =>
        new(dayId, GatewayLineKind.Payment, attempt.RequestNumber, null, attempt.Order.AmountFen, attempt.PaidAt!.Value) { AttemptId = attempt.Id };

    internal static StatementLine MissingRefund(long dayId, PaymentRefund refund) =>
        new(dayId, GatewayLineKind.Refund, refund.Attempt.RequestNumber, refund.RequestNumber, refund.AmountFen, refund.DoneAt!.Value)
        {
            AttemptId = refund.AttemptId,
            RefundId = refund.Id,
        };

    /// <summary>Compares it with what is known here; both null for an order or refund that is not known.</summary>
    internal void Compare(PaymentAttempt? attempt, PaymentRefund? refund)
    {
        (AttemptId, RefundId) = (refund?.AttemptId ?? attempt?.Id, refund?.Id);
        (State, HereFen) = Kind == GatewayLineKind.Payment
            ? Compared(attempt?.Order.AmountFen, attempt?.State == AttemptState.Paid)
            : refund?.State == RefundState.InCash ? (LineState.Different, 0) : Compared(refund?.AmountFen, refund?.State == RefundState.Done);
    }

    /// <summary>It turned up after what was booked had been corrected away: nothing is booked, and only another correction settles it.</summary>
    internal void ReturnAfterCorrection() => (State, HereFen) = (LineState.Different, 0);

    /// <summary>Whether it would be a match if it were compared now. What was corrected away or paid out in cash is none.</summary>
    internal bool MatchesNow(PaymentAttempt? attempt, PaymentRefund? refund) => HereFen != 0 && (Kind == GatewayLineKind.Payment
        ? attempt is { State: AttemptState.Paid } && attempt.Order.AmountFen == ThereFen
        : refund is { State: RefundState.Done } && refund.AmountFen == ThereFen);

    /// <summary>
    /// The payment was credited to an account. Where the statement names another amount than what was credited, that difference is to be settled now; what
    /// somebody noted before stays.
    /// </summary>
    internal void Credit(PaymentAttempt attempt, long? by, DateTimeOffset at, string reason)
    {
        AttemptId = attempt.Id;
        if (Settlement is not null) return;
        if (attempt.Order.AmountFen == ThereFen) Settle(SettleWay.Credited, by, at, reason);
        else (State, HereFen) = (LineState.Different, attempt.Order.AmountFen);
    }

    internal void Settle(SettleWay way, long? by, DateTimeOffset at, string? note = null) =>
        (Settlement, SettledById, SettledAt, Note) = (way, by, at, note is null ? null : CleanText.Clean(note));

    internal void Correct(long proposalId, long by, DateTimeOffset at, string note)
    {
        ProposalId = proposalId;
        Settle(SettleWay.Corrected, by, at, note);
    }

    private (LineState State, long? HereFen) Compared(long? known, bool isBooked) => (known == ThereFen, isBooked) switch
    {
        (true, true) => (LineState.Matched, known),
        (true, false) => (LineState.MissingHere, null),
        (false, true) => (LineState.Different, known),
        _ => known is null ? (LineState.MissingHere, null) : (LineState.Different, null),
    };
}
