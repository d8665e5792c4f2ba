namespace LogisticsAdmin.Features.Fees.Reconciliation;

/// <summary>Where the statement of a day came from.</summary>
public enum StatementSource
{
    Gateway = 1,

    /// <summary>Somebody downloaded it at the gateway's own site.</summary>
    File = 2,
}
