namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>The states of a cut-off.</summary>
public enum CutOffState
{
    /// <summary>The residents are told; the days of notice run.</summary>
    Announced = 1,

    /// <summary>The notice is over and the debt remains: the office decides.</summary>
    Proposed = 2,
    Approved = 3,

    /// <summary>A technician is to cut off.</summary>
    Assigned = 4,

    /// <summary>The room has no supply.</summary>
    Cut = 5,

    /// <summary>A technician is to restore the supply.</summary>
    ToRestore = 6,
    Restored = 7,

    /// <summary>Nothing was cut off.</summary>
    TakenBack = 8,
}
