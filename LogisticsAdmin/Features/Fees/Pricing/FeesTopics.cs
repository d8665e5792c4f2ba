namespace LogisticsAdmin.Features.Fees.Pricing;

/// <summary>Topics of the change feed. Their changes carry only keys.</summary>
public static class FeesTopics
{
    /// <summary>Kinds, rates, proposals or groups changed; the key is the fee kind's id, 0 for many.</summary>
    public const string Rates = "fee-rates";

    /// <summary>A meter or a reading changed; the key is the meter's id, 0 for many.</summary>
    public const string Meters = "fee-meters";

    /// <summary>A billing run went on; the key is its id.</summary>
    public const string Runs = "fee-runs";

    /// <summary>A balance changed; the key is the account's id, 0 for many.</summary>
    public const string Accounts = "fee-accounts";

    /// <summary>A payment, refund or correction changed; the key is the order's id, 0 for others.</summary>
    public const string Payments = "fee-payments";

    /// <summary>A statement came or a difference was settled; the key is the day's id, 0 for many.</summary>
    public const string Reconciliation = "fee-reconciliation";
}
