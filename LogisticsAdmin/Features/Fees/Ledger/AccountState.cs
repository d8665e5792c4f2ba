namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>Which balances the list of accounts shows.</summary>
public enum AccountState
{
    /// <summary>欠费: below zero.</summary>
    Debt = 1,

    /// <summary>有余额: above zero.</summary>
    Credit = 2,
    Zero = 3,
}
