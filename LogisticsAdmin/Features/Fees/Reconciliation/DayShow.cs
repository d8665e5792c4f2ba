namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Which days the list shows.</summary>
public enum DayShow
{
    /// <summary>With differences that nobody has settled.</summary>
    Open = 1,

    /// <summary>Without a statement.</summary>
    NotFetched = 2,
    Settled = 3,
}
