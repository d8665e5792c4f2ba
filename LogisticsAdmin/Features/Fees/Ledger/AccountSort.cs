namespace LogisticsAdmin.Features.Fees.Ledger;

/// <summary>The column that the list of accounts is sorted by.</summary>
public enum AccountSort
{
    /// <summary>Rooms by building and number, then people by their number.</summary>
    Owner = 1,
    Balance = 2,
    Newest = 3,
}
