namespace LogisticsAdmin.Features.Fees.Arrears;

/// <summary>What happens to a cut-off.</summary>
public enum CutOffVerb
{
    /// <summary>The days of notice are over.</summary>
    Propose = 1,
    Approve = 2,
    Assign = 3,

    /// <summary>The technician has cut off.</summary>
    Cut = 4,

    /// <summary>The debt is paid.</summary>
    Pay = 5,

    /// <summary>The office gives it up before it is carried out.</summary>
    TakeBack = 6,

    /// <summary>The office has the supply restored although the debt remains.</summary>
    AskRestore = 7,

    /// <summary>The technician has restored the supply.</summary>
    Restore = 8,

    /// <summary>The technician had cut off before the payment took it back, and could not say so.</summary>
    ReportCut = 9,

    /// <summary>The technician who had it does not work here any more.</summary>
    Release = 10,
}
