namespace LogisticsAdmin.Features.Fees.Kinds;

/// <summary>What can be undone with a kind of fee.</summary>
public enum FeeKindAct
{
    Edit,
    Retire,
    Restore,
}
