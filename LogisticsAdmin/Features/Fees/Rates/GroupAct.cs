namespace LogisticsAdmin.Features.Fees.Rates;

/// <summary>What can be undone with a resident group.</summary>
public enum GroupAct
{
    Edit,
    Retire,
    Restore,
}
