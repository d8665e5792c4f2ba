namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>Why there is a bill.</summary>
public enum BillKind
{
    /// <summary>Of a billing run.</summary>
    Regular = 1,

    /// <summary>The difference to a bill that would be another one today.</summary>
    Correction = 2,

    /// <summary>A fixed charge that was imported; rates do not change it.</summary>
    Manual = 3,
}
