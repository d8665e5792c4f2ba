using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Shared;

namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>充值单: an amount that somebody pays into an account. The amount is fixed; there may be several ways to pay it, of which one counts.</summary>
public sealed class PaymentOrder : Versioned
{
    private PaymentOrder() { }

    /// <summary><paramref name="payerId"/>: null for cash into a room's account. <paramref name="key"/>: a form that is sent twice is one order.</summary>
    public PaymentOrder(string number, LedgerAccount account, long? payerId, Money amount, long? by, Guid? key, DateTimeOffset at) =>
        (Number, Account, PayerId, AmountFen, CreatedById, Key, CreatedAt) = (number, account, payerId, amount.Fen, by, key, at);

    public string Number { get; private set; } = "";
    public long AccountId { get; private set; }
    public LedgerAccount Account { get; private set; } = null!;
    public long? PayerId { get; private set; }
    public long AmountFen { get; private set; }
    public OrderState State { get; private set; } = OrderState.Open;
    public long? CreatedById { get; private set; }
    public Guid? Key { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>What another part of the app asked for, such as order:12; null for a top-up.</summary>
    public string? Reference { get; private set; }
    public DateTimeOffset? PaidAt { get; private set; }

    /// <summary>The gateway that it was paid with, or <see cref="PaymentLimits.Cash"/>.</summary>
    public string? PaidWith { get; private set; }

    /// <summary>收据编号.</summary>
    public string? ReceiptNumber { get; private set; }

    public Money Amount => new(AmountFen);

    internal void AskedFor(string reference) => Reference = reference;

    /// <summary>The caller posts it in the same write. An order is paid once.</summary>
    internal void Pay(string with, string receiptNumber, DateTimeOffset at)
    {
        if (State == OrderState.Paid) throw new InvalidOperationException($"Order {Number} was paid before.");
        (State, PaidWith, ReceiptNumber, PaidAt) = (OrderState.Paid, with, receiptNumber, at);
    }
}
