using System.Globalization;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>A payment at the bank that the sandbox plays.</summary>
public sealed class SandboxTrade : Versioned
{
    private SandboxTrade() { }

    public SandboxTrade(string requestNumber, Money amount) => (RequestNumber, AmountFen) = (requestNumber, amount.Fen);

    public string RequestNumber { get; private set; } = "";
    public long AmountFen { get; private set; }
    public TradeStatus Status { get; private set; } = TradeStatus.Waiting;
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>When the bank makes the payment by itself, or says that it was made.</summary>
    public DateTimeOffset? ActsAt { get; private set; }

    /// <summary>Its refunds, separated by spaces: request number, fen and moment in milliseconds, separated by colons.</summary>
    public string Refunds { get; private set; } = "";
    public long RefundedFen { get; private set; }
    public DateTimeOffset? LastRefundAt { get; private set; }

    public Money Amount => new(AmountFen);

    internal void Pay(DateTimeOffset at) => (Status, PaidAt) = (TradeStatus.Paid, PaidAt ?? at);

    internal void Close() => Status = TradeStatus.Closed;

    internal void ActAt(DateTimeOffset? at) => ActsAt = at;

    /// <summary>The refunds that were made.</summary>
    internal IEnumerable<(string Number, Money Amount, DateTimeOffset At)> Made =>
        Refunds.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(r => r.Split(':')).Select(r => (
            r[0], new Money(long.Parse(r[1], CultureInfo.InvariantCulture)),
            DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(r[2], CultureInfo.InvariantCulture))));

    /// <summary>False for more than was paid. A refund with the number of an earlier one is that one.</summary>
    internal bool Refund(string number, Money amount, DateTimeOffset at)
    {
        if (Made.Any(r => r.Number == number)) return true;
        if (Status != TradeStatus.Paid || RefundedFen + amount.Fen > AmountFen) return false;
        var refund = string.Create(CultureInfo.InvariantCulture, $"{number}:{amount.Fen}:{at.ToUnixTimeMilliseconds()}");
        (Refunds, RefundedFen, LastRefundAt) = ($"{Refunds} {refund}".Trim(), RefundedFen + amount.Fen, at);
        return true;
    }
}
