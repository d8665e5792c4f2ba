namespace LogisticsAdmin.Features.Fees.Payments;

/// <summary>Limits and names of payments.</summary>
public static class PaymentLimits
{
    /// <summary>What an order was paid with at the counter.</summary>
    public const string Cash = "cash";

    /// <summary>Of one message of a gateway.</summary>
    public const int NoticeBytes = 64 * 1024;

    public const int RequestNumber = 64;
    public const int TradeNumber = 64;
    public const int Gateway = 20;

    /// <summary>Of what another part of the app asks for; the ledger puts charge: before and :refund behind it.</summary>
    public const int Reference = 60;

    /// <summary>How long a way to pay can be used: far less than the gateway is asked about it.</summary>
    public const int PayableHours = 2;

    /// <summary>Numbers of orders (充值), receipts (收据) and refunds (退款).</summary>
    public const string Orders = "CZ";
    public const string Receipts = "SJ";
    public const string Refunds = "TK";

    /// <summary>退款凭证 of a refund that was paid out at the counter.</summary>
    public const string PaidOut = "TP";
}
