namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>What an account of the ledger stands for.</summary>
public enum LedgerAccountKind
{
    /// <summary>Of a room; positive is credit.</summary>
    Room = 1,

    /// <summary>Of a person; positive is credit.</summary>
    Person = 2,

    /// <summary>What was charged for a kind of fee.</summary>
    Revenue = 3,

    /// <summary>Money that a payment service holds for the office.</summary>
    Gateway = 4,

    /// <summary>Money taken at the counter.</summary>
    Cash = 5,

    /// <summary>What the institution pays itself.</summary>
    Subsidy = 6,

    /// <summary>Where balances taken over from another system come from.</summary>
    Opening = 7,

    /// <summary>What people's accounts were charged by other parts of the app, such as for orders.</summary>
    Orders = 8,

    /// <summary>What people who moved out settled ahead of the bills of their last days; the bills take it.</summary>
    MoveOut = 12,
}
