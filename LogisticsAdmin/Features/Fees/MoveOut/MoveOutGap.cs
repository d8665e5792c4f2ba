namespace LogisticsAdmin.Features.Fees.MoveOut;

/// <summary>Why a kind of fee is not part of a statement although something may be open.</summary>
public enum MoveOutGap
{
    /// <summary>The day belongs to no term of the office calendar.</summary>
    NoPeriod = 1,

    /// <summary>A fee by floor area, and the room's area is not known.</summary>
    NoArea = 2,

    /// <summary>The amount is beyond what an account can be charged at once.</summary>
    TooHigh = 3,
}
